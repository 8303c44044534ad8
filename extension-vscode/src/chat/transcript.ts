import type { AnswerState, Failure, Turn } from './messages';

/** The conversation as it is shown; outlives the page, which is thrown away whenever the view is hidden. */
export class Transcript {
  private list: readonly Turn[] = [];
  private nextId = 1;

  public get turns(): readonly Turn[] {
    return this.list;
  }

  public get streaming(): Turn | undefined {
    return this.list.find(turn => turn.state === 'streaming');
  }

  public begin(question: string): Turn {
    const turn: Turn = { id: this.nextId++, question, answer: '', state: 'streaming' };
    this.list = [...this.list, turn];
    return turn;
  }

  public find(id: number): Turn | undefined {
    return this.list.find(turn => turn.id === id);
  }

  /** Adds to a running answer; undefined when that answer is over or gone. */
  public append(id: number, text: string): Turn | undefined {
    return this.change(id, turn => ({ ...turn, answer: turn.answer + text }));
  }

  /** Ends a running answer; undefined when it is over already or gone. */
  public end(id: number, state: Exclude<AnswerState, 'streaming'>, failure?: Failure): Turn | undefined {
    return this.change(id, turn => ({ ...turn, state, ...(failure !== undefined && { failure }) }));
  }

  public clear(): void {
    this.list = [];
  }

  private change(id: number, edit: (turn: Turn) => Turn): Turn | undefined {
    const turn = this.find(id);
    if (turn?.state !== 'streaming') return undefined;
    const changed = edit(turn);
    this.list = this.list.map(other => (other.id === id ? changed : other));
    return changed;
  }
}
