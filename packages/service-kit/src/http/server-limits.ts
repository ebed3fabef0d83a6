import { createServer, type RequestListener, type Server } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger } from '../observability/logger.js';
import { internalOf } from './in-process.js';
import { Problem } from './problem.js';

/** How much of a server one connection, or all of them, may take. */
export interface ServerLimits {
  /** Connections at once; further ones are closed unanswered. */
  readonly MAX_CONNECTIONS: number;
  /** Seconds that a request with a file may take, from its first byte to its last. */
  readonly UPLOAD_TIMEOUT: number;
}

/** Longer than load balancers keep an idle connection (60 s), so that they close it and not we. */
const KEEP_ALIVE_MS = 65_000;
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_HEADERS = 200;
/** A body that is read whole before anything is done. */
const BODY_MS = 30_000;
/** How long the sender of a file may say nothing. */
const SILENCE_MS = 60_000;

/** A server that nobody holds by sending slowly, or by many connections. */
export function createLimitedServer(
  app: RequestListener,
  limits: ServerLimits,
  logger: Logger,
  { headersMs = 20_000, checkMs = 2000 } = {},
): Server {
  const server = createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: limits.UPLOAD_TIMEOUT * 1000,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      // How often limits of time are looked after.
      connectionsCheckingInterval: checkMs,
    },
    app,
  );
  server.maxHeadersCount = MAX_HEADERS;
  server.maxConnections = limits.MAX_CONNECTIONS;
  server.on('drop', () =>
    logger.warn({ limit: limits.MAX_CONNECTIONS }, 'a connection was closed unanswered: there are too many'),
  );
  return server;
}

/**
 * Ends requests whose bodies come too slowly: 408. A file may take as long as `UPLOAD_TIMEOUT`, while something of it comes;
 * anything else has to be there soon.
 */
export function limitSlowBodies({ bodyMs = BODY_MS, silenceMs = SILENCE_MS } = {}): RequestHandler {
  return (request, response, next) => {
    const { 'content-length': length, 'transfer-encoding': encoding, 'content-type': type = '' } = request.headers;
    if (internalOf(request) || (encoding === undefined && (length === undefined || length === '0'))) return next();
    const isFile = !/json|urlencoded|^text\/(?!csv)/.test(type);
    const limit = isFile ? silenceMs : bodyMs;
    const { socket } = request;
    let seen = socket.bytesRead;
    let timer: NodeJS.Timeout;
    const end = () => clearTimeout(timer);
    const tooSlow = () => {
      end();
      if (response.headersSent) {
        request.destroy();
        return;
      }
      // What comes of it later has nowhere to go.
      response.set('connection', 'close');
      response.once('finish', () => request.destroy());
      next(
        new Problem(408, 'too-slow', 'The body comes too slowly', {
          detail: isFile
            ? `nothing of the file came for ${limit / 1000} s: send it again`
            : `the body was not there within ${limit / 1000} s: send it again`,
          french: isFile
            ? `rien du fichier n’est venu pendant ${limit / 1000} s\u00a0: renvoyez-le`
            : `la demande n’est pas venue entière en ${limit / 1000} s\u00a0: renvoyez-la`,
        }),
      );
    };
    const look = () => {
      // What came and was not read yet waits for us, not for the sender.
      const came = isFile && (socket.bytesRead > seen || request.readableLength > 0);
      seen = socket.bytesRead;
      if (came) timer = setTimeout(look, limit).unref();
      else tooSlow();
    };
    timer = setTimeout(look, limit).unref();
    request.once('end', end).once('close', end);
    next();
  };
}
