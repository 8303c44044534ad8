// vscode-jsonrpc as the server of a .NET peer, on standard input and output.
import { createMessageConnection, ResponseError, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';

const connection = createMessageConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout));
let state = 0;
let cancelled = 0;

connection.onRequest('echo', params => params);
connection.onNotification('set', ({ value }) => { state = value; });
connection.onRequest('read', () => ({ value: state }));
connection.onRequest('wait', token => new Promise((_, reject) => {
  token.onCancellationRequested(() => {
    cancelled++;
    reject(new ResponseError(-32800, 'cancelled'));
  });
}));
connection.onRequest('cancelled', () => ({ value: cancelled }));
connection.onRequest('add', async ({ value }) => ({ value: (await connection.sendRequest('add', { value })).value + 1 }));
connection.onRequest('refuse', () => { throw new ResponseError(-32803, 'Not like this.', { value: 'why' }); });
connection.onRequest('vanish', () => process.exit(3));
connection.listen();
