import { textFault } from './text.js';

/** A place in a JSON document (RFC 6901): '' is the whole, `/50/data/siret` a field of the fifty-first event of a batch. */
export type JsonPointer = string;

/** The one maker of pointers. */
export function pointerTo(...steps: readonly (string | number)[]): JsonPointer {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The steps of a pointer. */
export function stepsOf(pointer: JsonPointer): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The place itself, or the nearest around it that can be told: no step is cut short, or holds what no text of ours holds. */
export function tellable(pointer: JsonPointer, most: number): JsonPointer {
  let told = '';
  for (const step of pointer.split('/').slice(1)) {
    if (told.length + 1 + step.length > most || textFault(step)) break;
    told += `/${step}`;
  }
  return told;
}
