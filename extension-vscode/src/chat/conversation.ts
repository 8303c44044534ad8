import type { Failure, Turn } from './messages';
import { methods, type PromptResult, type SessionUpdate } from '../protocol';
import { SetupError } from '../sidecar/setupError';
import type { Transcript } from './transcript';

/** The part of the connection to the sidecar that a conversation needs. */
export interface Connection {
  sendRequest<R>(method: string, parameters: unknown): Promise<R>;
  sendNotification(method: string, parameters: unknown): Promise<void>;
  /** Becomes true when the connection has ended. */
  readonly ended: boolean;
}

export interface ConversationEvents {
  readonly changed: (turn: Turn) => void;
  readonly streamed: (id: number, text: string) => void;
}

/** Asks the sidecar and keeps the transcript: one question at a time, one session for each life of the sidecar. */
export class Conversation {
  private session: { readonly connection: Connection; readonly id: string } | undefined;
  private running: AbortController | undefined;
  /** The turn whose answer the sidecar is sending now. */
  private receiving: number | undefined;
  /** Settles when the sidecar has ended its last turn: after a stop that may be later than on the screen. */
  private lastTurn: Promise<unknown> = Promise.resolve();

  /** `connect` gives the running sidecar, waiting for one that is starting; it throws a sentence for the user. */
  public constructor(
    private readonly transcript: Transcript,
    private readonly connect: (signal: AbortSignal) => Promise<Connection>,
    private readonly workingDirectory: () => string | undefined,
    private readonly events: ConversationEvents,
  ) {}

  /** Asks; resolves when the answer is over. Does nothing while another answer is running. */
  public async ask(question: string): Promise<void> {
    if (this.running !== undefined || question.trim() === '') return;
    const { id } = this.shown(this.transcript.begin(question));
    const abort = new AbortController();
    this.running = abort;
    let connection: Connection | undefined;
    try {
      connection = await this.connect(abort.signal);
      const stopReason = await unlessAborted(abort.signal, this.prompt(id, question, connection, abort.signal));
      this.end(id, stopReason === 'cancelled' ? 'stopped' : 'done');
    } catch (error) {
      if (abort.signal.aborted) this.end(id, 'stopped');
      else this.end(id, 'failed', failure(error, connection));
    } finally {
      if (this.receiving === id) this.receiving = undefined;
      this.running = undefined;
    }
  }

  /** Ends the running answer at once; what has arrived stays. */
  public stop(): void {
    this.running?.abort();
  }

  /** Forgets the conversation, here and in the sidecar's next session. */
  public clear(): void {
    this.stop();
    this.session = undefined;
    this.transcript.clear();
  }

  /** Takes a `session/update` from the sidecar. */
  public update({ sessionId, update }: SessionUpdate): void {
    const text = update.content?.type === 'text' ? update.content.text : undefined;
    if (sessionId !== this.session?.id || this.receiving === undefined) return;
    if (update.sessionUpdate !== 'agent_message_chunk' || text === undefined) return;
    if (this.transcript.append(this.receiving, text) !== undefined) this.events.streamed(this.receiving, text);
  }

  private async prompt(id: number, text: string, connection: Connection, signal: AbortSignal): Promise<string> {
    await this.lastTurn;
    const sessionId = await this.open(connection);
    signal.throwIfAborted();
    const cancel = () => void connection.sendNotification(methods.cancel, { sessionId }).catch(() => undefined);
    signal.addEventListener('abort', cancel);
    this.receiving = id;
    const answer = connection.sendRequest<PromptResult>(methods.prompt, { sessionId, prompt: [{ type: 'text', text }] });
    this.lastTurn = answer.catch(() => undefined).then(() => signal.removeEventListener('abort', cancel));
    return (await answer).stopReason;
  }

  private async open(connection: Connection): Promise<string> {
    if (this.session?.connection !== connection) {
      const parameters = { cwd: this.workingDirectory() ?? null, mcpServers: [] };
      const { sessionId } = await connection.sendRequest<{ sessionId: string }>(methods.newSession, parameters);
      this.session = { connection, id: sessionId };
    }
    return this.session.id;
  }

  private end(id: number, state: 'done' | 'stopped' | 'failed', reason?: Failure): void {
    const turn = this.transcript.end(id, state, reason);
    if (turn !== undefined) this.shown(turn);
  }

  private shown(turn: Turn): Turn {
    this.events.changed(turn);
    return turn;
  }
}

/** The promise's result; rejects at once when the signal aborts. */
function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
    promise.then(resolve, reject);
  });
}

function failure(error: unknown, connection: Connection | undefined): Failure {
  if (error instanceof SetupError) return { message: error.message, nextSteps: [...error.nextSteps, 'askAgain'] };
  if (connection?.ended === true) {
    const message = 'The sidecar ended during this answer. It is started again by itself; then ask again.';
    return { message, nextSteps: ['askAgain', 'showLog'] };
  }
  return { message: error instanceof Error ? error.message : String(error), nextSteps: ['askAgain', 'showLog'] };
}
