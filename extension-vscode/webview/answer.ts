import type { PageTexts } from '../src/chat/messages';
import { element } from './dom';
import { renderBlocks } from './markdown';

/** An answer on the page. Blocks that did not change stay untouched, and with them what the user has selected there. */
export class Answer {
  public readonly root = element('div', { class: 'answer-text' });
  private rendered: readonly string[] = [];

  public constructor(private readonly texts: PageTexts, private readonly copy: (text: string) => void) {}

  public show(markdown: string): void {
    const blocks = renderBlocks(markdown);
    blocks.forEach((html, index) => {
      if (this.rendered[index] === html) return;
      const block = this.block(html);
      const existing = this.root.children[index];
      if (existing === undefined) this.root.append(block);
      else existing.replaceWith(block);
    });
    while (this.root.children.length > blocks.length) this.root.lastElementChild?.remove();
    this.rendered = blocks;
  }

  private block(html: string): HTMLElement {
    const block = element('div', { class: 'block' });
    // The only place where HTML is parsed: it comes from renderBlocks, which lets no HTML of the answer through.
    block.innerHTML = html;
    for (const code of block.querySelectorAll('pre')) {
      code.tabIndex = 0;
      code.replaceWith(element('div', { class: 'code' }, code.cloneNode(true), this.copyButton(code.textContent)));
    }
    return block;
  }

  private copyButton(text: string): HTMLButtonElement {
    const button = element('button', { type: 'button', class: 'copy' }, this.texts.copy);
    button.addEventListener('click', () => {
      this.copy(text.replace(/\n$/, ''));
      button.textContent = this.texts.copied;
      button.addEventListener('blur', () => (button.textContent = this.texts.copy), { once: true });
    });
    return button;
  }
}
