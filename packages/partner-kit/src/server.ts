import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readJson, readUtf8 } from '@gpect/domain-values/json-text';
import { readRequest } from '@gpect/partner-events/sent-request';
import { foreignCharsetOf, mediaTypeOf } from '@gpect/service-kit/http/content-type';
import { MOST_BYTES, problemOfJson } from '@gpect/service-kit/http/json-problem';
import { Problem } from '@gpect/service-kit/http/problem';
import type { Counterpart, Reply } from './counterpart.js';

/** The counterpart over HTTP: the addresses are those of the gateway and of the token server. */
export function serve(counterpart: Counterpart, partner: string, report: () => string): Server {
  return createServer((request, response) => {
    answer(request, counterpart, partner, report).then(
      (reply) => (typeof reply === 'string' ? sendText(response, reply) : sendJson(response, reply)),
      (error: unknown) => sendJson(response, { status: 400, body: { title: String(error), status: 400 } }),
    );
  });
}

async function answer(
  request: IncomingMessage,
  counterpart: Counterpart,
  partner: string,
  report: () => string,
): Promise<Reply | string> {
  const url = new URL(request.url ?? '/', 'http://kit');
  if (url.pathname === '/report') return report();
  if (url.pathname === '/oauth2/token')
    return { status: 200, body: { access_token: 'kit', token_type: 'Bearer', expires_in: 3600 } };
  if (url.pathname !== `/partners/${partner}/events`)
    return { status: 404, body: { title: `try /partners/${partner}/events`, status: 404 } };
  if (!request.headers.authorization) return { status: 401, body: { title: 'No token', status: 401 } };
  if (request.method === 'POST') return receive(request, counterpart);
  return counterpart.give(Number(url.searchParams.get('from') ?? 0), Number(url.searchParams.get('limit') ?? 100));
}

const TAKEN = ['application/cloudevents+json', 'application/cloudevents-batch+json', 'application/json'];

/** As the gateway reads a request, by the same functions. */
async function receive(request: IncomingMessage, counterpart: Counterpart): Promise<Reply> {
  const type = request.headers['content-type'];
  const media = mediaTypeOf(type) ?? '';
  const refused = (status: number, title: string, detail: string) => ({ status, body: { title, status, detail } });
  if (!TAKEN.includes(media) || foreignCharsetOf(type) !== undefined)
    return refused(
      415,
      'Media type not supported',
      `send UTF-8 as one of ${TAKEN.join(', ')}; Content-Type is ${type}`,
    );
  const bytes = await bytesOf(request);
  if (bytes.length > MOST_BYTES) return refused(413, 'Too large', `at most ${MOST_BYTES} bytes are taken`);
  const text = readUtf8(bytes);
  const read = text.ok ? readJson(text.value) : text;
  try {
    if (!read.ok) throw problemOfJson(read.fault);
    return counterpart.receive(readRequest(type, request.headersDistinct, read.value));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { status: error.status, body: error.body() };
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function sendJson(response: ServerResponse, { status, body }: Reply): void {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
}

function sendText(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'text/markdown; charset=utf-8' }).end(text);
}
