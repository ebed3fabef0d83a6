import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, BlockList, createServer as createSocket, type Server as SocketServer } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { AddressRules } from './addresses.js';
import { post } from './post.js';

const rules: AddressRules = { development: true, ports: [443], hosts: new Set(), networks: new BlockList() };
const production = { ...rules, development: false };
const open: (Server | SocketServer)[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  }
});

async function serving(server: Server | SocketServer): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
const answering = (listener: RequestListener) => serving(createServer(listener));
const local = async () => ['127.0.0.1'];
const send = (url: string, by = rules, resolve: (host: string) => Promise<string[]> = local, ms = 2000) =>
  post({ url, headers: {}, body: '{"a":"é"}' }, by, resolve, ms);

test('an event is sent whole, and taken where the answer is 2xx', async () => {
  let got = '';
  const port = await answering((request, response) => {
    request.on('data', (chunk) => {
      got += String(chunk);
    });
    request.on('end', () => response.writeHead(204).end());
  });
  expect(await send(`http://localhost:${port}/`)).toEqual({ ok: true });
  expect(got).toBe('{"a":"é"}');
});

describe('a connection that ends in no answer of its own', () => {
  const saying = (text: string) =>
    serving(
      createSocket((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => socket.end(text));
      }),
    );
  test('to another protocol is an answer that does not take the event', async () => {
    const port = await saying('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({
      ok: false,
      failure: 'answered 101',
      concerns: 'EITHER',
    });
  });
  test.each(['', 'HTTP/1.1 103 Early Hints\r\n\r\n', 'HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 2'])(
    'after %j is none',
    async (text) => {
      expect(await send(`http://127.0.0.1:${await saying(text)}/`)).toMatchObject({ ok: false, concerns: 'EITHER' });
    },
  );
});

describe('an answer without an end', () => {
  test('of a body is taken by its head, at once', async () => {
    const port = await answering((_request, response) => {
      response.writeHead(200);
      const more = setInterval(() => response.write('x'.repeat(10_000)), 1);
      response.on('close', () => clearInterval(more));
    });
    const begun = Date.now();
    expect(await send(`http://127.0.0.1:${port}/`, rules, local, 10_000)).toEqual({ ok: true });
    expect(Date.now() - begun).toBeLessThan(9000);
  });

  test('of headers is given up', async () => {
    const port = await serving(
      createSocket((socket) => {
        socket.on('error', () => undefined);
        socket.write('HTTP/1.1 200 OK\r\n');
        const more = setInterval(() => socket.write(`x-${Math.random()}: ${'y'.repeat(500)}\r\n`), 1);
        socket.on('close', () => clearInterval(more));
      }),
    );
    expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ ok: false });
  });

  test('of hints is given up', async () => {
    const port = await serving(
      createSocket((socket) => {
        socket.on('error', () => undefined);
        const more = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 5);
        socket.on('close', () => clearInterval(more));
      }),
    );
    expect(await send(`http://127.0.0.1:${port}/`, rules, local, 300)).toMatchObject({ ok: false });
  });
});

test('a redirect is not followed', async () => {
  let asked = 0;
  const port = await answering((_request, response) => {
    asked++;
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ ok: false, failure: 'answered 307' });
  expect(asked).toBe(1);
});

test('nobody there, a name that nobody knows, no certificate, another protocol: the same words, without an address', async () => {
  const closed = await answering(() => undefined);
  await new Promise((resolve) => open.pop()?.close(resolve));
  const plain = await answering((_request, response) => response.end());
  const failures = [
    await send(`http://127.0.0.1:${closed}/`),
    await send('https://nobody.example/', production, async () => []),
    await send('https://inside.example/', production, async () => ['10.0.0.1']),
    await send(`https://127.0.0.1:${plain}/`),
    await send('https://169.254.169.254/', production),
  ];
  for (const failure of failures)
    expect(failure).toEqual({ ok: false, failure: 'could not be reached', concerns: 'WEBHOOK' });
});

test('one that takes the event and cuts the connection: the same words, and it may have been the event', async () => {
  const port = await answering((request) => request.socket.resetAndDestroy());
  expect(await send(`http://127.0.0.1:${port}/`)).toEqual({
    ok: false,
    failure: 'could not be reached',
    concerns: 'EITHER',
  });
});

test('one that takes the connection and says nothing did not answer in time', async () => {
  const port = await answering(() => undefined);
  expect(await send(`http://127.0.0.1:${port}/`, rules, local, 200)).toMatchObject({
    failure: 'did not answer in time',
  });
});

test('a name that was public when it was registered and is this machine when it is sent to gets nothing', async () => {
  let asked = 0;
  const port = await answering((_request, response) => {
    asked++;
    response.end();
  });
  const rebinding = { ...production, ports: [port] };
  const answers = [['93.184.215.14'], ['127.0.0.1']];
  const resolve = async () => answers.shift() ?? ['127.0.0.1'];
  await resolve();
  expect(await send(`https://rebinding.example:${port}/`, rebinding, resolve)).toMatchObject({
    failure: 'could not be reached',
  });
  expect(asked).toBe(0);
});
