import { readJson, readUtf8 } from '@gpect/domain-values/json-text';
import express, { type Request, type RequestHandler } from 'express';
import { MOST_BYTES, problemOfJson } from './json-problem.js';

const IS_JSON = /^application\/([^;]+\+)?json$/;

/** The body of a CloudEvent in binary mode is the event's `data`, and is spoken of as such. */
const isData = ({ headers }: Request): boolean =>
  headers['content-type'] === 'application/json' && Object.keys(headers).some((name) => name.startsWith('ce-'));

/** Reads JSON bodies by the one rule of every endpoint (domain-values/json-text); `body` is undefined where none was sent. */
export function readJsonBody(): RequestHandler[] {
  return [
    express.raw({ limit: MOST_BYTES, type: (request) => IS_JSON.test(request.headers['content-type'] ?? '') }),
    (request, _response, next) => {
      const bytes: unknown = request.body;
      if (!Buffer.isBuffer(bytes)) return next();
      request.body = undefined;
      if (bytes.length === 0) return next();
      const text = readUtf8(bytes);
      const read = text.ok ? readJson(text.value) : text;
      if (!read.ok) return next(problemOfJson(read.fault, isData(request) ? '/data' : ''));
      request.body = read.value;
      next();
    },
  ];
}
