// vscode-jsonrpc as the client of a .NET peer: node --test-reporter=tap client.mjs <the peer's dll>
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import {
  CancellationTokenSource, createMessageConnection, ProgressType, StreamMessageReader, StreamMessageWriter,
} from 'vscode-jsonrpc/node';

const peer = process.argv[2];
const children = new Set();
after(() => children.forEach(child => child.kill()));

function start() {
  const child = spawn('dotnet', [peer], { stdio: ['pipe', 'pipe', 'pipe'] });
  children.add(child);
  child.said = '';
  child.stderr.on('data', data => { child.said += data; });
  child.stdin.on('error', () => {});
  child.once('exit', () => children.delete(child));
  return child;
}

function connect() {
  const child = start();
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  connection.listen();
  return { child, connection };
}

async function end({ child, connection }) {
  connection.dispose();
  child.stdin.end();
  const [code] = await once(child, 'exit');
  assert.equal(code, 0, child.said);
}

function check(name, body) {
  test(name, async () => {
    const both = connect();
    await body(both.connection, both.child);
    await end(both);
  });
}

function frame(body, header = 'Content-Length') {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return Buffer.concat([Buffer.from(`${header}: ${bytes.length}\r\n\r\n`), bytes]);
}

/** Speaks bytes: writes pieces, and resolves when the given number of messages came back. */
async function speak(pieces, replies) {
  const child = start();
  const reader = new StreamMessageReader(child.stdout);
  const received = [];
  const done = new Promise(resolve => reader.listen(message => received.push(message) === replies && resolve()));
  for (const piece of pieces) {
    if (!child.stdin.write(piece)) await once(child.stdin, 'drain');
  }
  await done;
  child.stdin.end();
  await once(child, 'exit');
  return received;
}

const request = (id, method, params) => ({ jsonrpc: '2.0', id, method, params });

check('a hundred interleaved changes and questions are answered in order', async connection => {
  const answers = [];
  for (let i = 1; i <= 100; i++) {
    connection.sendNotification('set', { number: i });
    answers.push(connection.sendRequest('get'));
  }
  assert.deepEqual(await Promise.all(answers), Array.from({ length: 100 }, (_, i) => i + 1));
});

check('ordered requests see each other one by one', async connection => {
  const answers = [];
  for (let i = 1; i <= 100; i++) answers.push(connection.sendRequest('exchange', { number: i }));
  assert.deepEqual(await Promise.all(answers), Array.from({ length: 100 }, (_, i) => i));
});

check('a cancellation overtakes and is answered -32800', async connection => {
  const source = new CancellationTokenSource();
  const waiting = connection.sendRequest('wait', source.token);
  const behind = connection.sendRequest('echo', { still: 'here' });
  source.cancel();
  await assert.rejects(waiting, error => error.code === -32800);
  assert.deepEqual(await behind, { still: 'here' });
});

check('progress comes before the answer, in order', async connection => {
  const seen = [];
  connection.onProgress(new ProgressType(), 'token', value => seen.push(value));
  await connection.sendRequest('count', { to: 50, token: 'token' });
  assert.deepEqual(seen, Array.from({ length: 50 }, (_, i) => i + 1));
});

check('a request inside a request', async connection => {
  connection.onRequest('client/twice', ({ number }) => number * 2);
  const answers = await Promise.all([1, 2, 3].map(number => connection.sendRequest('ask', { number })));
  assert.deepEqual(answers, [3, 5, 7]);
});

check('the peer cancels a request of its own', async connection => {
  let cancelled;
  const told = new Promise(resolve => { cancelled = resolve; });
  connection.onRequest('client/twice', ({ number }) => number * 2);
  connection.onRequest('client/wait', token => new Promise(resolve => {
    token.onCancellationRequested(() => { cancelled(); resolve(null); });
  }));
  assert.equal(await connection.sendRequest('abandon'), 'abandoned');
  await told;
});

check('error codes arrive as they were meant', async connection => {
  await assert.rejects(connection.sendRequest('nope'), error => error.code === -32601 && /no method 'nope'/.test(error.message));
  await assert.rejects(connection.sendRequest('exchange', { number: 'x' }), error => error.code === -32602 && /\$\.number/.test(error.message));
  await assert.rejects(connection.sendRequest('fail'), error => error.code === -32603 && error.message === "'fail' failed: The disk is full.");
  await assert.rejects(connection.sendRequest('refuse', { number: -32803 }), error =>
    error.code === -32803 && error.message === 'Not like this.' && error.data.number === -32803);
});

check('text of every kind survives', async connection => {
  for (const text of ['', 'Zoë', '👩‍💻', 'a\u2028b\u2029c', '\u0000\u001f\u007f\ufeff', '\\"/<>&', '\ud83d\ude00'.repeat(1000)]) {
    assert.deepEqual(await connection.sendRequest('echo', { text, [text]: 1 }), { text, [text]: 1 });
  }
});

check('unknown notifications are ignored', async connection => {
  connection.sendNotification('nope', { a: 1 });
  connection.sendNotification('$/nope', { a: 1 });
  assert.deepEqual(await connection.sendRequest('echo', { a: 1 }), { a: 1 });
});

check('five hundred requests at once', async connection => {
  const answers = await Promise.all(Array.from({ length: 500 }, (_, i) => connection.sendRequest('echo', { i })));
  assert.deepEqual(answers.map(({ i }) => i), Array.from({ length: 500 }, (_, i) => i));
});

check('a body of 20 MB there and back', async connection => {
  const text = 'ü'.repeat(10_000_000);
  const answer = await connection.sendRequest('echo', { text });
  assert.equal(answer.text === text, true);
});

check('a body of 100 MB is refused with a sentence, the connection lives on, memory stays', async (connection, child) => {
  await assert.rejects(connection.sendRequest('echo', { text: 'x'.repeat(100_000_000) }), error =>
    error.code === -32600 && /^A message of 1000\d+ bytes is over the limit of 67108864 bytes; it was skipped\.$/.test(error.message));
  assert.deepEqual(await connection.sendRequest('echo', { alive: true }), { alive: true });
  if (process.platform === 'linux') {
    const peak = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]);
    assert.ok(peak < 150_000, `The peer's memory peaked at ${peak} kB.`);
  }
});

test('byte by byte', async () => {
  const bytes = frame(request(1, 'echo', { text: 'Zoë 👩‍💻' }));
  const [reply] = await speak(Array.from(bytes, byte => Buffer.of(byte)), 1);
  assert.deepEqual(reply.result, { text: 'Zoë 👩‍💻' });
});

test('several messages in one write', async () => {
  const replies = await speak([Buffer.concat([1, 2, 3].map(id => frame(request(id, 'exchange', { number: id }))))], 3);
  assert.deepEqual(replies.map(({ id, result }) => [id, result]), [[1, 0], [2, 1], [3, 2]]);
});

test('headers in any case, with a content type', async () => {
  const replies = await speak([
    frame(request('a', 'echo', [1]), 'content-length'),
    frame(request('b', 'echo', [2]), 'Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nCONTENT-LENGTH'),
  ], 2);
  assert.deepEqual(replies.map(({ id, result }) => [id, result]).sort(), [['a', [1]], ['b', [2]]]);
});

test('what is no message is refused and the connection lives on', async () => {
  const replies = await speak([
    frame('{"jsonrpc": "2.0", '), frame('[]'), frame('{"jsonrpc":"2.0","id":1}'),
    'Content-Length: 99999999999999999999\r\n\r\n', 'stray print\n\n', 'another ',
    frame(request(2, 'exchange', { number: 2 })),
  ], 6);
  assert.deepEqual(replies.map(({ id, error }) => [id, error?.code]), [
    [null, -32700], [null, -32600], [1, -32600], [null, -32700], [null, -32700], [2, undefined],
  ]);
});

test('when the client vanishes the peer ends and says so', async () => {
  const { child, connection } = connect();
  const waiting = connection.sendRequest('wait').catch(error => error);
  await connection.sendRequest('echo', 'first');
  connection.dispose();
  child.stdin.destroy();
  child.stdout.destroy();
  const [code] = await once(child, 'exit');
  await waiting;
  assert.match(child.said, /^(PeerClosed: The peer closed the connection\.|TransportFailed: Writing to the peer failed: .*)\n$/);
  assert.ok(code === 0 || code === 1);
});

test('when the client vanishes within a message the peer ends and says so', async () => {
  const child = start();
  child.stdin.end('Content-Length: 100\r\n\r\n{"jsonrpc"');
  const [code] = await once(child, 'exit');
  assert.equal(code, 1);
  assert.match(child.said, /^Truncated: /);
});
