import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express, { type ErrorRequestHandler } from 'express';
import { createLogger } from '../observability/logger.js';
import type { Problem } from './problem.js';
import { createLimitedServer, limitSlowBodies } from './server-limits.js';

let server: Server;
const open: Socket[] = [];

beforeAll(async () => {
  const app = express();
  app.use(limitSlowBodies({ bodyMs: 300, silenceMs: 300 }));
  app.use(express.raw({ type: '*/*' }));
  app.post('/', (_request, response) => {
    response.send('taken');
  });
  const write: ErrorRequestHandler = (error: Problem, _request, response, _next) => {
    response.status(error.status).send(error.more?.detail);
  };
  app.use(write);
  const limits = { MAX_CONNECTIONS: 3, UPLOAD_TIMEOUT: 60 };
  server = createLimitedServer(app, limits, createLogger('x', 'silent'), { headersMs: 300, checkMs: 50 });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});
afterAll(() => {
  for (const socket of open) socket.destroy();
  server.close();
  server.closeAllConnections();
});

/** What a client of its own making gets, until the server closes the connection or `until` is in it. */
async function talk(write: (socket: Socket) => Promise<void>, until = '\0'): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  open.push(socket);
  let got = '';
  const done = new Promise<string>((resolve) => {
    socket.on('data', (bytes) => {
      got += String(bytes);
      if (got.includes(until)) resolve(got);
    });
    socket.once('close', () => resolve(got));
    socket.on('error', () => undefined);
  });
  await write(socket);
  const answer = await done;
  socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 10));
  return answer;
}
const aWhile = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const drip = async (socket: Socket, text: string, every: number) => {
  for (const character of text) {
    if (socket.destroyed) return;
    socket.write(character);
    await aWhile(every);
  }
};

test('headers that come letter by letter end with 408, and the connection with them', async () => {
  expect(await talk((socket) => drip(socket, `GET / HTTP/1.1\r\nX-A: ${'a'.repeat(100)}`, 20))).toContain(
    '408 Request',
  );
});

test('a body that is read whole has to be there soon, however steadily it drips', async () => {
  const head = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n';
  const answer = await talk(async (socket) => {
    socket.write(head);
    await drip(socket, ' '.repeat(60), 20);
  });
  expect(answer).toContain('408 Request Timeout');
  expect(answer).toContain('the body was not there within 0.3 s');
});

test('a file may drip for as long as something comes, and is ended once nothing does', async () => {
  const head = (length: number) =>
    `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nContent-Length: ${length}\r\n\r\n`;
  const whole = await talk(async (socket) => {
    socket.write(head(40));
    await drip(socket, 'x'.repeat(40), 20);
  }, 'taken');
  expect(whole).toContain('200 OK');
  const silent = await talk(async (socket) => {
    socket.write(`${head(40)}xxx`);
  });
  expect(silent).toContain('408 Request Timeout');
  expect(silent).toContain('nothing of the file came for 0.3 s');
});

test('headers beyond 16 kB are refused with 431', async () => {
  const answer = await talk(async (socket) => {
    socket.write(`GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(17_000)}\r\n\r\n`);
  });
  expect(answer).toContain('431 Request Header Fields Too Large');
});

test('a connection beyond the number that is taken is closed, and one is taken again once another ends', async () => {
  const port = (server.address() as AddressInfo).port;
  const held = await Promise.all(
    [1, 2, 3].map(async () => {
      const socket = connect(port, '127.0.0.1');
      open.push(socket);
      await new Promise((resolve) => socket.once('connect', resolve));
      return socket;
    }),
  );
  expect(await talk(async (socket) => void socket.write('POST / HTTP/1.1\r\nHost: x\r\n\r\n'))).toBe('');
  for (const socket of held) socket.destroy();
  await aWhile(50);
  const taken = await talk(async (socket) => void socket.write('POST / HTTP/1.1\r\nHost: x\r\n\r\n'), 'taken');
  expect(taken).toContain('200 OK');
});
