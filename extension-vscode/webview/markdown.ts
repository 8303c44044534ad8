import MarkdownIt from 'markdown-it';
import { parseLink } from '../src/chat/links';

// Everything shown was written by somebody else (a model, a file name, a compiler message): raw HTML stays text, images are
// not loaded, and only links that parseLink knows become links.
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false, breaks: false });

markdown.validateLink = href => parseLink(href) !== undefined;

const { renderer } = markdown;
const { rules } = renderer;
rules.image = (tokens, index) => markdown.utils.escapeHtml(tokens[index]?.content ?? '');

rules.link_open = (tokens, index, options) => {
  const token = tokens[index];
  const link = parseLink(String(token?.attrGet('href') ?? ''));
  if (token === undefined) return '';
  if (link?.kind === 'file') {
    const position = link.line === undefined ? '' : `:${link.line}${link.column === undefined ? '' : `:${link.column}`}`;
    token.attrSet('class', 'code-link');
    token.attrSet('title', link.path + position);
  } else if (link !== undefined) {
    token.attrSet('title', link.url);
  }
  return renderer.renderToken(tokens, index, options);
};

// The page's policy forbids inline styles, so alignment becomes a class.
for (const cell of ['th_open', 'td_open'] as const) {
  rules[cell] = (tokens, index, options) => {
    const token = tokens[index];
    const alignment = /^text-align:(left|center|right)$/.exec(String(token?.attrGet('style') ?? ''))?.[1];
    if (token !== undefined) token.attrs = alignment === undefined ? null : [['class', `align-${alignment}`]];
    return renderer.renderToken(tokens, index, options);
  };
}
rules.table_open = () => '<div class="table" tabindex="0"><table>';
rules.table_close = () => '</table></div>';

/**
 * Renders Markdown to HTML, one string for each top-level block: while an answer streams in, only the blocks whose string
 * changed need to be replaced, so that a selection in the others survives.
 */
export function renderBlocks(text: string): string[] {
  const environment = {};
  const tokens = markdown.parse(text, environment);
  const blocks: string[] = [];
  let start = 0;
  let depth = 0;
  tokens.forEach((token, index) => {
    depth += token.nesting;
    if (depth > 0) return;
    blocks.push(renderer.render(tokens.slice(start, index + 1), markdown.options, environment));
    start = index + 1;
  });
  return blocks;
}
