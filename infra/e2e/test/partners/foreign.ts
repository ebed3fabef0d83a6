import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PartnersField } from './field-of-partners.js';
import { buildGo } from './go-and-php.js';

export type ForeignHeader = readonly [name: string, value: string | Buffer | null];

/** A record as it is to be written: text, bytes, or Kafka's null. */
export interface ForeignRecord {
  readonly key: string | Buffer | null;
  readonly value: string | Buffer | null;
  readonly headers: readonly ForeignHeader[];
}

export interface ForeignOrder {
  readonly codec?: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';
  readonly transaction?: string;
  readonly giveUp?: boolean;
}

const bytes = (value: string | Buffer | null): string | null =>
  value === null ? null : Buffer.from(value).toString('base64');

let built: Promise<string> | undefined;

/** Writes records on a partner's `.in` by a program in Go (partners/foreign), with the access of that partner. */
export async function writeAsGo(
  field: PartnersField,
  partner: string,
  records: readonly ForeignRecord[],
  order: ForeignOrder = {},
): Promise<void> {
  built ??= buildGo(fileURLToPath(new URL('foreign', import.meta.url)), 'foreign');
  const folder = await built;
  const { username, secret } = field.secretOf(partner);
  const said = {
    Broker: field.stack.partnersBroker,
    Authority: field.stack.authority,
    Username: username,
    Secret: secret,
    Topic: `gpect.partner.${partner}.in`,
    Codec: order.codec ?? '',
    Transaction: order.transaction ?? '',
    GiveUp: order.giveUp ?? false,
    Records: records.map(({ key, value, headers }) => ({
      Key: bytes(key),
      Value: bytes(value),
      Headers: headers.map(([name, text]) => ({ Name: name, Value: bytes(text) })),
    })),
  };
  await new Promise<void>((resolve, reject) => {
    const child = execFile(join(folder, 'foreign'), (error, _stdout, stderr) =>
      error ? reject(new Error(stderr || error.message)) : resolve(),
    );
    child.stdin?.end(JSON.stringify(said));
  });
}

export const withHeaders = <R extends ForeignRecord>(record: R, ...more: readonly ForeignHeader[]): R => ({
  ...record,
  headers: [...record.headers, ...more],
});

export const without = <R extends ForeignRecord>(record: R, name: string): R => ({
  ...record,
  headers: record.headers.filter(([own]) => own !== name),
});
