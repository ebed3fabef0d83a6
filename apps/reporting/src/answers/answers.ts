import type { OwnRoutes } from '@gpect/service-kit/http/operations';
import type { Response } from 'express';
import { type Format, MEDIA_TYPES } from '../exports/formats.js';
import type { Disclosed } from '../secrecy/disclosed.js';

type Routes = OwnRoutes<'reporting'>;
type Asked<Key extends keyof Routes> = Parameters<Routes[Key]>[0];
type BodyOf<Key extends keyof Routes> =
  Parameters<Routes[Key]>[1] extends Response<infer Body> ? Exclude<Body, string | Buffer | undefined> : never;

/** A file that leaves reporting. */
export interface DisclosedFile {
  readonly name: string;
  readonly format: Format;
  readonly bytes: Disclosed<Buffer>;
}

/**
 * Routes that answer with what is disclosed, and cannot answer with anything else: they have no response to write into.
 */
export type DisclosedRoutes<Key extends keyof Routes> = {
  readonly [K in Key]: (asked: Asked<K>) => Promise<Disclosed<BodyOf<K>> | DisclosedFile>;
};

/** @param created routes whose answer is something new (201) */
export function answering<Key extends keyof Routes>(
  routes: DisclosedRoutes<Key>,
  created: readonly Key[] = [],
): Pick<Routes, Key> {
  const answered = Object.entries(routes).map(([key, route]) => [
    key,
    async (asked: never, response: Response) => {
      const answer = await (route as (asked: never) => Promise<object>)(asked);
      if (created.includes(key as Key)) response.status(201);
      if (isFile(answer)) send(response, answer);
      else response.json(answer);
    },
  ]);
  return Object.fromEntries(answered) as Pick<Routes, Key>;
}

const isFile = (answer: object): answer is DisclosedFile => 'bytes' in answer && Buffer.isBuffer(answer.bytes);

function send(response: Response, { name, format, bytes }: DisclosedFile): void {
  response.attachment(`${name}.${format}`).type(MEDIA_TYPES[format]).send(bytes);
}
