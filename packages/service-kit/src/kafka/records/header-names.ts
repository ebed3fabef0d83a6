import type { RawBytes } from './bytes.js';

/** Names that headers of CloudEvents can have; what has another name says nothing to us. */
const NAME = /^[\x21-\x7e]{1,100}$/;

/** Those that nearly every record has: compared where they stand, and not made anew for each. */
const USUAL = [
  'ce_specversion',
  'ce_id',
  'ce_source',
  'ce_type',
  'ce_subject',
  'ce_time',
  'ce_sequence',
  'ce_correlationid',
  'ce_causationid',
  'ce_traceparent',
  'content-type',
];
const byLength = new Map<number, readonly string[]>(
  USUAL.map(({ length }) => [length, USUAL.filter((name) => name.length === length)]),
);

/** The name of a header; undefined where no header of ours can have it. */
export function headerName(bytes: RawBytes): string | undefined {
  const usual = byLength.get(bytes.length)?.find((name) => isWritten(name, bytes));
  if (usual !== undefined) return usual;
  const name = bytes.toString('latin1');
  return NAME.test(name) ? name : undefined;
}

function isWritten(name: string, bytes: RawBytes): boolean {
  for (let i = 0; i < name.length; i++) if (bytes.at(i) !== name.charCodeAt(i)) return false;
  return true;
}
