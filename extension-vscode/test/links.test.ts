import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseLink } from '../src/chat/links';

describe('A link in an answer', () => {
  test('names a file with line and column', () => {
    assert.deepEqual(parseLink('file:///src/Order.cs#L12,5'), { kind: 'file', path: '/src/Order.cs', line: 12, column: 5 });
  });

  test('names a file with a line only, or with neither', () => {
    assert.deepEqual(parseLink('file:///src/Order.cs#L12'), { kind: 'file', path: '/src/Order.cs', line: 12 });
    assert.deepEqual(parseLink('file:///src/Order.cs'), { kind: 'file', path: '/src/Order.cs' });
  });

  test('is decoded: spaces, umlauts, a number sign in a file name', () => {
    assert.deepEqual(parseLink('file:///K%C3%B6ln%20shop/C%23.cs#L1'), { kind: 'file', path: '/Köln shop/C#.cs', line: 1 });
  });

  test('names a file on a Windows drive', () => {
    assert.deepEqual(parseLink('file:///C:/src/Order.cs#L3'), { kind: 'file', path: '/C:/src/Order.cs', line: 3 });
  });

  for (const fragment of ['#L0', '#L-1', '#Lx', '#L1,', '#12', '#L99999999']) {
    test(`without a usable position opens at the top: ${fragment}`, () => {
      assert.deepEqual(parseLink(`file:///a.cs${fragment}`), { kind: 'file', path: '/a.cs' });
    });
  }

  test('goes to https', () => {
    assert.deepEqual(parseLink('https://learn.microsoft.com/x'), { kind: 'web', url: 'https://learn.microsoft.com/x' });
  });

  for (const href of [
    '', '#', 'Order.cs', '/src/Order.cs', '//host/x', 'http://example.org', 'javascript:alert(1)', 'command:x', 'vscode://a/b',
    'data:text/html,x', 'ftp://host/x', 'file://host/share/a.cs', 'file:////host/share/a.cs', 'file:///\\host\\share', 'file:a.cs',
    'file:///%2F/host/a.cs', 'file:///%5C%5Chost/a.cs', 'file:///a%00.cs', 'file:///a%E0%A4.cs', 'https://', 'file:///C:///host/a.cs',
  ]) {
    test(`is refused: ${JSON.stringify(href)}`, () => assert.equal(parseLink(href), undefined));
  }
});
