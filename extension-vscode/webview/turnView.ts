import type { FromPage, PageTexts, Turn } from '../src/chat/messages';
import { Answer } from './answer';
import { element, icon } from './dom';

/** A question and its answer on the page. */
export class TurnView {
  public readonly root: HTMLElement;
  private readonly answer: Answer;
  private readonly after = element('div', { class: 'after' });
  private readonly reply: HTMLElement;
  private text = '';
  private drawing = false;

  public constructor(
    private turn: Turn,
    private readonly texts: PageTexts,
    private readonly send: (message: FromPage) => void,
    /** Runs a change of the page, then follows the end of the conversation if the user was there. */
    private readonly following: (change: () => void) => void,
  ) {
    this.answer = new Answer(texts, text => send({ type: 'copy', text }));
    this.reply = element('section', { class: 'reply', 'aria-label': 'QwenIde' },
      element('div', { class: 'author', 'aria-hidden': 'true' }, icon('logo'), 'QwenIde'), this.answer.root, this.after);
    this.root = element('article', { class: 'turn' },
      element('section', { class: 'question', 'aria-label': texts.you }, turn.question), this.reply);
    this.update(turn);
  }

  public update(turn: Turn): void {
    this.turn = turn;
    this.text = turn.answer;
    const streaming = turn.state === 'streaming';
    // A screen reader waits until the answer is whole, instead of reading each piece.
    this.reply.setAttribute('aria-busy', String(streaming));
    this.root.classList.toggle('streaming', streaming);
    this.answer.show(this.text);
    this.after.replaceChildren(...this.afterwards());
  }

  /** Adds a piece of the answer; draws at most once per frame. */
  public append(text: string): void {
    const first = this.text === '';
    this.text += text;
    if (first) this.after.replaceChildren();
    if (this.drawing) return;
    this.drawing = true;
    requestAnimationFrame(() => {
      this.drawing = false;
      this.following(() => this.answer.show(this.text));
    });
  }

  private afterwards(): HTMLElement[] {
    const { turn, texts } = this;
    switch (turn.state) {
      case 'streaming':
        return turn.answer === '' ? [element('p', { class: 'working' }, element('span', { class: 'pulse' }), texts.working)] : [];
      case 'stopped':
        return [element('p', { class: 'note' }, texts.stopped)];
      case 'failed':
        return [element('div', { class: 'failure', role: 'alert' },
          element('p', {}, turn.failure?.message ?? ''),
          element('div', { class: 'steps' }, ...(turn.failure?.nextSteps ?? []).map(step => {
            const button = element('button', { type: 'button', class: 'step' }, texts.nextSteps[step]);
            button.addEventListener('click', () => this.send({ type: 'nextStep', step, id: turn.id }));
            return button;
          })))];
      case 'done':
        return [];
    }
  }
}
