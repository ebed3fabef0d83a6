import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
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
  if (open) parser.on('opentag', (tag) => open(tag.name, tag.attributes));
  if (text) parser.on('text', text);
  if (text) parser.on('cdata', text);
  if (close) parser.on('closetag', (tag) => close(tag.name));
  parser.on('doctype', () => {
    throw new FileUnreadable(
      'sheet_broken',
      `${part} defines entities of its own; save the sheet again with a spreadsheet`,
    );
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const guarded = (work: () => void) => {
    try {
      work();
    } catch (error) {
      if (error instanceof FileUnreadable) throw error;
      throw new FileUnreadable(
        'sheet_broken',
        `${part} is damaged (${error instanceof Error ? error.message : String(error)}); save the sheet again`,
      );
    }
  };
  for await (const chunk of bytes) {
    guarded(() => parser.write(decoder.decode(chunk as Buffer, { stream: true })));
    yield* take();
  }
  guarded(() => parser.write(decoder.decode()).close());
  yield* take();
}

/** Reads a part to its end, for its handlers alone. */
export async function scanXml(bytes: Readable, part: string, handlers: XmlHandlers): Promise<void> {
  for await (const _ of readXml(bytes, part, handlers));
}
