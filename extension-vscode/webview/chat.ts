// The chat's page: shows what the extension host says and tells it what the user does. Holds no state that the host lacks
// but the draft and the scroll position, which the editor keeps while the view is hidden.

import type { FromPage, PageTexts, ToPage, Turn } from '../src/chat/messages';
import { Composer } from './composer';
import { element, icon } from './dom';
import { TurnView } from './turnView';

interface Kept {
  readonly draft: string;
  readonly scroll: number | 'end';
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
};

/** This close, in pixels, counts as being there. */
const near = 24;

class ChatPage {
  private readonly vscode = acquireVsCodeApi();
  private readonly turns = new Map<number, TurnView>();
  private readonly log = element('div', { class: 'log', role: 'log', 'aria-live': 'polite', tabindex: '0' });
  private composer: Composer | undefined;
  private texts: PageTexts | undefined;
  private kept: Kept = this.vscode.getState() ?? { draft: '', scroll: 'end' };
  private readonly streaming = new Set<number>();
  private last: HTMLElement | undefined;

  public constructor(private readonly root: HTMLElement) {
    window.addEventListener('message', (event: MessageEvent<ToPage>) => this.received(event.data));
    window.addEventListener('keydown', event => {
      if (event.key === 'Escape' && !event.isComposing && this.streaming.size > 0) this.stop();
    });
    // Before the editor's own listener on the document sees it, which would open the address without asking us.
    root.addEventListener('click', event => this.clicked(event));
    this.log.addEventListener('scroll', () => this.keep({ scroll: this.isFollowing() ? 'end' : this.log.scrollTop }));
    this.send({ type: 'ready' });
  }

  private readonly send = (message: FromPage): void => this.vscode.postMessage(message);

  private received(message: ToPage): void {
    switch (message.type) {
      case 'everything':
        this.showEverything(message.turns, message.texts);
        this.composer?.setFooter(message.footer);
        break;
      case 'turn':
        this.following(() => this.showTurn(message.turn), !this.turns.has(message.turn.id));
        break;
      case 'chunk':
        this.turns.get(message.id)?.append(message.text);
        break;
      case 'footer':
        this.composer?.setFooter(message.footer);
        break;
      case 'focus':
        this.composer?.focus();
        break;
    }
  }

  private showEverything(turns: readonly Turn[], texts: PageTexts): void {
    const { draft, scroll } = this.kept;
    const focused = this.root.contains(document.activeElement);
    this.texts = texts;
    this.turns.clear();
    this.streaming.clear();
    this.last = undefined;
    this.log.setAttribute('aria-label', texts.transcript);
    this.log.replaceChildren();
    this.composer = new Composer(texts, this.send, text => this.keep({ draft: text }));
    this.composer.setDraft(draft);
    this.root.replaceChildren(this.log, this.composer.root);
    for (const turn of turns) this.showTurn(turn);
    if (turns.length === 0) this.log.append(this.welcome(texts));
    this.log.scrollTop = scroll === 'end' ? this.target() : scroll;
    if (focused) this.composer.focus();
  }

  private showTurn(turn: Turn): void {
    if (this.texts === undefined) return;
    const shown = this.turns.get(turn.id);
    if (shown !== undefined) {
      shown.update(turn);
    } else {
      if (this.turns.size === 0) this.log.replaceChildren();
      const view = new TurnView(turn, this.texts, this.send, change => this.following(change));
      this.turns.set(turn.id, view);
      this.log.append(view.root);
      this.last = view.root;
      this.composer?.setLastQuestion(turn.question);
    }
    if (turn.state === 'streaming') this.streaming.add(turn.id);
    else this.streaming.delete(turn.id);
    this.composer?.setStreaming(this.streaming.size > 0);
  }

  private welcome({ title, introduction, suggestions }: PageTexts): HTMLElement {
    const buttons = suggestions.map(text => {
      const button = element('button', { type: 'button', class: 'suggestion' }, text);
      button.addEventListener('click', () => {
        this.send({ type: 'ask', text });
        this.composer?.focus();
      });
      return button;
    });
    return element('div', { class: 'welcome' },
      icon('logo'), element('h2', {}, title), element('p', {}, introduction), element('div', { class: 'suggestions' }, ...buttons));
  }

  private stop(): void {
    this.send({ type: 'stop' });
    this.composer?.focus();
  }

  private clicked(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.send({ type: 'open', href: link.href });
  }

  /**
   * Runs a change. A user who follows the conversation sees it grow, but only until the last question reaches the top: the
   * beginning of a long answer stays in sight.
   */
  private following(change: () => void, always = false): void {
    const follow = always || this.isFollowing();
    change();
    if (follow) this.log.scrollTop = Math.max(this.log.scrollTop, this.target());
  }

  private isFollowing(): boolean {
    return this.log.scrollTop > this.target() - near;
  }

  private target(): number {
    const end = this.log.scrollHeight - this.log.clientHeight;
    return Math.min(end, this.last === undefined ? end : this.last.offsetTop - this.log.offsetTop - near / 2);
  }

  private keep(part: Partial<Kept>): void {
    this.kept = { ...this.kept, ...part };
    this.vscode.setState(this.kept);
  }
}

const root = document.getElementById('chat');
if (root !== null) new ChatPage(root);
