import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderBlocks } from '../webview/markdown';

const html = (markdown: string) => renderBlocks(markdown).join('');

/** Each attack's text, as a model, a file name or a compiler message could bring it. */
const attacks = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<style>*{display:none}</style>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<base href="https://evil.example/">',
  '<!--><script>alert(1)</script>-->',
  '</div><script>alert(1)</script>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](vbscript:msgbox(1))',
  '[x](command:workbench.action.terminal.new)',
  '[x](vscode://evil.extension/run)',
  '[x](http://evil.example/)',
  '[x](//evil.example/)',
  '[x](file://evil.example/share/a.cs)',
  '[x](file:////evil.example/share/a.cs)',
  '[x](file:///%5C%5Cevil.example/share/a.cs)',
  '<javascript:alert(1)>',
  '![x](https://evil.example/pixel.png)',
  '![x](javascript:alert(1))',
  '![<img src=x onerror=alert(1)>](https://evil.example/"onerror="alert(1))',
  '[x]: javascript:alert(1)\n\n[x]',
  '```"><script>alert(1)</script>\ncode\n```',
  '```js" onload="alert(1)\n</code></pre><script>alert(1)</script>\n```',
  '    </code><script>alert(1)</script>',
  '`<script>alert(1)</script>`',
  '| a |\n|:-:|\n| <script>alert(1)</script> |',
  '# <img src=x onerror=alert(1)>',
  '> <svg onload=alert(1)>',
  '- <b onmouseover=alert(1)>x</b>',
  '[<img src=x onerror=alert(1)>](file:///a/B.cs)',
  '[x](file:///a/"onclick="alert(1).cs)',
  '[x](file:///a/B.cs "\\" onclick=\\"alert(1)")',
  '[x](https://a.example/ "<img src=x onerror=alert(1)>")',
];

/** The tags and attributes that a rendered answer may contain; everything else is a hole. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  p: [], strong: [], em: [], s: [], code: ['class'], pre: [], blockquote: [], hr: [], br: [], ul: [], ol: ['start'], li: [],
  h1: [], h2: [], h3: [], h4: [], h5: [], h6: [], a: ['href', 'title', 'class'],
  div: ['class', 'tabindex'], table: [], thead: [], tbody: [], tr: [], th: ['class'], td: ['class'],
};

function assertHarmless(rendered: string): void {
  // Outside of tags no angle bracket may be left, so that this reading of tags is the browser's.
  assert.doesNotMatch(rendered.replace(/<\/?[a-z][a-z0-9]*(?: [a-z]+="[^"<>]*")*>/g, ''), /[<>]/, rendered);
  for (const [, tag = '', attributes = ''] of rendered.matchAll(/<([a-z][a-z0-9]*)((?: [a-z]+="[^"<>]*")*)>/g)) {
    const names = allowed[tag];
    assert.ok(names !== undefined, `<${tag}> in ${rendered}`);
    for (const [, name = '', value = ''] of attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)) {
      assert.ok(names.includes(name), `${tag}.${name} in ${rendered}`);
      if (name === 'href') assert.match(value, /^(?:https:\/\/|file:\/\/\/(?![\\/]))/, rendered);
    }
  }
}

describe('Markdown of an answer', () => {
  for (const attack of attacks) {
    test(`renders ${JSON.stringify(attack)} without HTML or a link that acts`, () => assertHarmless(html(attack)));
  }

  test('shows HTML as the text it is', () => {
    assert.equal(html('<script>alert(1)</script>'), '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n');
  });

  test('loads no images: their description is shown', () => {
    assert.equal(html('![a *chart*](https://example.org/chart.png)'), '<p>a *chart*</p>\n');
  });

  test('keeps a link to code, and says file, line and column in its title', () => {
    assert.equal(
      html('[Order](file:///home/me/K%C3%B6ln%20shop/Order.cs#L12,5)'),
      '<p><a href="file:///home/me/K%C3%B6ln%20shop/Order.cs#L12,5" class="code-link" title="/home/me/Köln shop/Order.cs:12:5">Order</a></p>\n');
  });

  test('aligns table cells by class, since the page forbids inline styles', () => {
    const rendered = html('| a | b |\n|---|--:|\n| 1 | 2 |');
    assert.match(rendered, /<td class="align-right">2<\/td>/);
    assert.doesNotMatch(rendered, /style=/);
  });

  test('gives one string for each top-level block, so that finished blocks are left alone', () => {
    const before = renderBlocks('# Title\n\n- a\n- b\n\nLast wor');
    const after = renderBlocks('# Title\n\n- a\n- b\n\nLast words');
    assert.equal(before.length, 3);
    assert.deepEqual(after.slice(0, 2), before.slice(0, 2));
  });

  test('renders every beginning of a text without failing', () => {
    const text = '# T\n\n| a | b |\n|---|---|\n| [x](file:///a.cs#L1) | `y` |\n\n```csharp\nvar a = "<b>";\n```\n\n1. **a**\n   - b\n\n> c';
    for (let length = 0; length <= text.length; length++) assertHarmless(html(text.slice(0, length)));
  });
});
