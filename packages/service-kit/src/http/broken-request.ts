import { maxHeaderSize, type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from './problem.js';

/** Answers what never becomes a request (headers that are too large, bytes that are no HTTP) as every other refusal. */
export function answerBrokenRequests(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException & { reason?: string }, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    socket.end(asHttp(problemOf(error)));
  });
}

function problemOf({ code, reason, message }: NodeJS.ErrnoException & { reason?: string }): Problem {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new Problem(431, 'headers-too-large', 'Headers too large', {
      detail: `path, query and headers have more than the ${maxHeaderSize} bytes that are taken together: send fewer or shorter ones, and data in the body`,
    });
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW')
    return new Problem(413, 'http-413', 'Too large', { detail: 'the extensions of a chunk are too large: send none' });
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new Problem(408, 'http-408', 'Too slow', {
      detail: 'the request did not come whole in the time that is given: send it again',
    });
  return new Problem(400, 'malformed', 'Malformed request', {
    detail: `this is no HTTP request: ${reason ?? message}`,
  });
}

function asHttp(problem: Problem): string {
  const body = JSON.stringify(problem.body());
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
