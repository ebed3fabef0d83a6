import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
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
  if (request.method === 'POST') return counterpart.receive(structured(request, JSON.parse(await textOf(request))));
  return counterpart.give(Number(url.searchParams.get('from') ?? 0), Number(url.searchParams.get('limit') ?? 100));
}

/** Binary mode puts the attributes in headers. */
function structured({ headers }: IncomingMessage, body: unknown): unknown {
  if (!headers['ce-id']) return body;
  const attributes = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith('ce-') ? [[name.slice(3), decodeURIComponent(String(value))] as const] : [],
  );
  return { ...Object.fromEntries(attributes), data: body };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function sendJson(response: ServerResponse, { status, body }: Reply): void {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
}

function sendText(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'text/markdown; charset=utf-8' }).end(text);
}
