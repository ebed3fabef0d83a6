import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import { DEEPEST_XML, LONGEST_XML_TOKEN } from './limits.js';
import { FileUnreadable } from './unreadable.js';

export interface XmlHandlers {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Reads XML piece by piece; after each piece whoever listens may give away what it has. Entities of a DTD are not read. */
export async function* readXml<T>(
  bytes: Readable,
  part: string,
  { open, text, close }: XmlHandlers,
  take: () => Iterable<T> = () => [],
): AsyncGenerator<T> {
  const parser = new SaxesParser({ xmlns: false });
  let depth = 0;
  // What the parser holds until it can say what it is: a tag, an attribute or a text without end would fill the memory.
  let held = 0;
  parser.on('opentag', (tag) => {
    held = 0;
    depth++;
    if (depth > DEEPEST_XML) throw new Error(`more than ${DEEPEST_XML} elements within each other`);
    open?.(tag.name, tag.attributes);
  });
  parser.on('text', (piece) => {
    held = 0;
    text?.(piece);
  });
  parser.on('cdata', (piece) => text?.(piece));
  parser.on('closetag', (tag) => {
    held = 0;
    depth--;
    close?.(tag.name);
  });
  parser.on('doctype', () => {
    throw new FileUnreadable('sheet_broken', { why: `${part}: DOCTYPE` });
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const guarded = (work: () => void) => {
    try {
      work();
    } catch (error) {
      if (error instanceof FileUnreadable) throw error;
      throw new FileUnreadable('sheet_broken', {
        why: `${part}: ${error instanceof Error ? error.message.slice(0, 200) : String(error)}`,
      });
    }
  };
  for await (const chunk of bytes) {
    guarded(() => {
      held += (chunk as Buffer).length;
      parser.write(decoder.decode(chunk as Buffer, { stream: true }));
      if (held > LONGEST_XML_TOKEN) throw new Error(`one piece of it is longer than ${LONGEST_XML_TOKEN} characters`);
    });
    yield* take();
  }
  guarded(() => parser.write(decoder.decode()).close());
  yield* take();
}

/** Reads a part to its end, for its handlers alone. */
export async function scanXml(bytes: Readable, part: string, handlers: XmlHandlers): Promise<void> {
  for await (const _ of readXml(bytes, part, handlers));
}
