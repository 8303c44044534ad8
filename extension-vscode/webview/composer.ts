import type { Footer, FromPage, PageTexts } from '../src/chat/messages';
import { element, icon } from './dom';

/** Where the user writes: the input, the send-or-stop button, and how the sidecar stands. */
export class Composer {
  public readonly root: HTMLElement;
  private readonly input: HTMLTextAreaElement;
  private readonly button = element('button', { type: 'submit', class: 'send' });
  private readonly dot = element('span', { class: 'dot' });
  private readonly status = element('span', { class: 'status-text' });
  private streaming = false;
  private lastQuestion = '';

  public constructor(
    private readonly texts: PageTexts,
    private readonly send: (message: FromPage) => void,
    private readonly drafted: (draft: string) => void,
  ) {
    this.input = element('textarea', { id: 'question', rows: '1', placeholder: texts.placeholder, 'aria-label': texts.placeholder });
    const status = element('button', { type: 'button', class: 'status', title: texts.showStatus }, this.dot, this.status);
    const form = element('form', { class: 'composer' },
      this.input, element('div', { class: 'tools' }, element('div', { role: 'status', class: 'status-region' }, status), this.button));
    this.root = element('footer', {}, form);

    form.addEventListener('submit', event => {
      event.preventDefault();
      if (this.streaming) this.send({ type: 'stop' });
      else this.ask();
    });
    status.addEventListener('click', () => this.send({ type: 'showStatus' }));
    this.input.addEventListener('input', () => this.changed());
    this.input.addEventListener('keydown', event => this.key(event));
    this.setStreaming(false);
  }

  public get draft(): string {
    return this.input.value;
  }

  public setDraft(draft: string): void {
    this.input.value = draft;
    this.changed();
  }

  public setLastQuestion(question: string): void {
    this.lastQuestion = question;
  }

  public setFooter({ text, tone }: Footer): void {
    this.dot.className = `dot ${tone}`;
    this.status.textContent = text;
    this.status.title = text;
  }

  public setStreaming(streaming: boolean): void {
    this.streaming = streaming;
    const label = streaming ? this.texts.stop : this.texts.send;
    this.button.replaceChildren(icon(streaming ? 'stop' : 'send'));
    this.button.title = label;
    this.button.setAttribute('aria-label', label);
    this.enable();
  }

  public focus(): void {
    this.input.focus();
  }

  private key(event: KeyboardEvent): void {
    // While an input method composes a character, Enter chooses it.
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      this.ask();
    } else if (event.key === 'ArrowUp' && this.draft === '' && this.lastQuestion !== '') {
      event.preventDefault();
      this.setDraft(this.lastQuestion);
    }
  }

  private ask(): void {
    const text = this.draft.trim();
    if (text === '' || this.streaming) return;
    this.send({ type: 'ask', text });
    this.setDraft('');
  }

  private changed(): void {
    this.enable();
    this.drafted(this.draft);
  }

  private enable(): void {
    this.button.disabled = !this.streaming && this.draft.trim() === '';
  }
}
