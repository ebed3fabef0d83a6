import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Something that others are to read; where it is there, they are to read what was sent. */
export interface ToRead {
  readonly read: string;
  readonly sent?: Buffer;
}

/** What a strict reader of another kind (Python) stumbles on, a sentence each, with what it was. */
export function stumbles(cases: readonly ToRead[]): string[] {
  if (cases.length === 0) return [];
  const input = cases.map(
    ({ read, sent }) => `${JSON.stringify({ read, ...(sent ? { sent: sent.toString('base64') } : {}) })}\n`,
  );
  const script = fileURLToPath(new URL('../python/strict_reader.py', import.meta.url));
  const said = execFileSync('python3', [script], { input: input.join(''), encoding: 'utf8', maxBuffer: 1e9 });
  return said
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [number = ''] = line.split(':', 1);
      return `${line.slice(number.length + 2)} in ${cases[Number(number)]?.read.slice(0, 500)}`;
    });
}

/** JSON with every value of a name that stands more than once; undefined where it is no JSON. */
export type EveryValue = { readonly entries: readonly (readonly [name: string, value: EveryValue])[] } | undefined;

const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/sy;

/** Reads JSON that JSON.parse takes; a name that stands twice has both values. */
export function everyValue(text: string): EveryValue {
  let at = 0;
  const blank = () => {
    while (' \t\n\r'.includes(text[at] ?? 'x')) at++;
  };
  const stringAt = (): string => {
    STRING.lastIndex = at;
    const [raw = ''] = STRING.exec(text) ?? [];
    at += raw.length;
    return JSON.parse(raw) as string;
  };
  const value = (): EveryValue => {
    blank();
    const open = text[at];
    const entries: [string, EveryValue][] = [];
    if (open === '{' || open === '[') {
      at++;
      for (let i = 0; ; i++) {
        blank();
        if (text[at] === '}' || text[at] === ']') break;
        let name = String(i);
        if (open === '{') {
          name = stringAt();
          blank();
          at++; // :
        }
        entries.push([name, value()]);
        blank();
        if (text[at] === ',') at++;
      }
      at++;
    } else if (open === '"') stringAt();
    else at += /^[^,\]}\s]*/.exec(text.slice(at, at + 2000))?.[0].length ?? 0;
    return { entries };
  };
  return value();
}

/** Whether a JSON pointer leads somewhere: to a value, or to a name that an object there lacks. */
export function resolves(pointer: string, document: EveryValue): boolean {
  if (pointer === '') return true;
  if (!pointer.startsWith('/') || !document) return false;
  const steps = pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  let places: EveryValue[] = [document];
  for (const [i, step] of steps.entries()) {
    const next = places.flatMap((place) =>
      (place?.entries ?? []).filter(([name]) => name === step).map(([, value]) => value),
    );
    if (next.length === 0) return i === steps.length - 1;
    places = next;
  }
  return true;
}
