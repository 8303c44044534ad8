import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Conversation, type Connection } from '../src/chat/conversation';
import { readFromPage } from '../src/chat/messages';
import { Transcript } from '../src/chat/transcript';
import { methods } from '../src/protocol';
import { SetupError } from '../src/sidecar/setupError';

/** The sidecar's side of a conversation, played by the test: `answer` runs for each prompt. */
class PlayedConnection implements Connection {
  public ended = false;
  public sessions = 0;
  public cancelled: () => void = () => undefined;
  public constructor(private readonly answer: (sessionId: string, text: string) => Promise<unknown>) {}
  public sendRequest<R>(method: string, parameters: unknown): Promise<R> {
    if (method === methods.newSession) return Promise.resolve({ sessionId: `s${++this.sessions}` } as R);
    const { sessionId, prompt } = parameters as { sessionId: string; prompt: { text: string }[] };
    return this.answer(sessionId, prompt[0]?.text ?? '') as Promise<R>;
  }
  public sendNotification(method: string): Promise<void> {
    if (method === methods.cancel) this.cancelled();
    return Promise.resolve();
  }
}

function talk(connect: () => Promise<Connection>) {
  const transcript = new Transcript();
  const streamed: string[] = [];
  const events = { changed: () => undefined, streamed: (_id: number, text: string) => void streamed.push(text) };
  const conversation = new Conversation(transcript, connect, () => '/code', events);
  const say = (sessionId: string, text: string) =>
    conversation.update({ sessionId, update: { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } } });
  return { conversation, transcript, streamed, say };
}

describe('A conversation', () => {
  test('streams an answer into the transcript', async () => {
    const connection: Connection = new PlayedConnection(sessionId => {
      say(sessionId, 'Two ');
      say(sessionId, 'projects.');
      return Promise.resolve({ stopReason: 'end_turn' });
    });
    const { conversation, transcript, streamed, say } = talk(() => Promise.resolve(connection));
    await conversation.ask('What is this?');
    assert.deepEqual(streamed, ['Two ', 'projects.']);
    assert.deepEqual(transcript.turns, [{ id: 1, question: 'What is this?', answer: 'Two projects.', state: 'done' }]);
  });

  test('is one session for as long as the sidecar lives, and a new one after that', async () => {
    const answer = () => Promise.resolve({ stopReason: 'end_turn' });
    let connection = new PlayedConnection(answer);
    const { conversation } = talk(() => Promise.resolve(connection));
    await conversation.ask('a');
    await conversation.ask('b');
    assert.equal(connection.sessions, 1);
    connection = new PlayedConnection(answer);
    await conversation.ask('c');
    assert.equal(connection.sessions, 1);
  });

  test('stops at once, keeps what arrived, and tells the sidecar', async () => {
    let cancels = 0;
    const connection = new PlayedConnection(sessionId => {
      say(sessionId, 'half');
      queueMicrotask(() => conversation.stop());
      return new Promise(() => undefined);
    });
    connection.cancelled = () => cancels++;
    const { conversation, transcript, say } = talk(() => Promise.resolve(connection));
    await conversation.ask('a');
    assert.deepEqual(transcript.turns[0], { id: 1, question: 'a', answer: 'half', state: 'stopped' });
    assert.equal(cancels, 1);
  });

  test('waits for the end of a stopped turn before it sends the next, and keeps the two apart', async () => {
    let cancelled: (result: unknown) => void = () => undefined;
    const connection = new PlayedConnection((sessionId, text) => {
      if (text === 'b') {
        say(sessionId, 'new');
        return Promise.resolve({ stopReason: 'end_turn' });
      }
      queueMicrotask(() => conversation.stop());
      return new Promise(resolve => (cancelled = resolve));
    });
    const { conversation, transcript, say } = talk(() => Promise.resolve(connection));
    await conversation.ask('a');
    const second = conversation.ask('b');
    say('s1', 'late');
    cancelled({ stopReason: 'cancelled' });
    await second;
    assert.deepEqual(transcript.turns.map(turn => [turn.answer, turn.state]), [['', 'stopped'], ['new', 'done']]);
  });

  test('says what happened when the sidecar ends during an answer, and offers to ask again', async () => {
    const connection = new PlayedConnection(() => {
      connection.ended = true;
      return Promise.reject(new Error('Pending response rejected since connection got disposed'));
    });
    const { conversation, transcript } = talk(() => Promise.resolve(connection));
    await conversation.ask('a');
    assert.equal(transcript.turns[0]?.state, 'failed');
    assert.deepEqual(transcript.turns[0].failure?.nextSteps, ['askAgain', 'showLog']);
    assert.doesNotMatch(transcript.turns[0].failure.message, /disposed/);
  });

  test('passes on what only the user can mend', async () => {
    const { conversation, transcript } = talk(() => Promise.reject(new SetupError('No dotnet.', ['openSettings'])));
    await conversation.ask('a');
    assert.deepEqual(transcript.turns[0]?.failure, { message: 'No dotnet.', nextSteps: ['openSettings', 'askAgain'] });
  });

  test('takes one question at a time, and no empty one', async () => {
    let finish: (result: unknown) => void = () => undefined;
    const finished = new Promise(resolve => (finish = resolve));
    const asked: string[] = [];
    const connection = new PlayedConnection((_session, text) => {
      asked.push(text);
      return finished;
    });
    const { conversation } = talk(() => Promise.resolve(connection));
    const first = conversation.ask('a');
    await conversation.ask('b');
    await conversation.ask('  ');
    finish({ stopReason: 'end_turn' });
    await first;
    assert.deepEqual(asked, ['a']);
  });

  test('lets no late word of an old answer into a new one', async () => {
    const connection = new PlayedConnection(() => Promise.resolve({ stopReason: 'end_turn' }));
    const { conversation, transcript, say } = talk(() => Promise.resolve(connection));
    await conversation.ask('a');
    say('s1', 'late');
    say('other', 'stray');
    assert.equal(transcript.turns[0]?.answer, '');
  });
});

describe('A message from the page', () => {
  test('is taken when it is one of ours', () => {
    assert.deepEqual(readFromPage({ type: 'ask', text: 'x', more: 1 }), { type: 'ask', text: 'x' });
    assert.deepEqual(readFromPage({ type: 'nextStep', step: 'restart', id: 3 }), { type: 'nextStep', step: 'restart', id: 3 });
  });

  for (const message of [null, 1, 'ask', {}, { type: 'ask' }, { type: 'open', href: 1 }, { type: 'run', text: 'x' },
    { type: 'nextStep', step: 'toString', id: 1 }, { type: 'nextStep', step: 'restart' }]) {
    test(`is dropped otherwise: ${JSON.stringify(message)}`, () => assert.equal(readFromPage(message), undefined));
  }
});
