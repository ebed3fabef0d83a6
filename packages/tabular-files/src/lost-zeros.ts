import { readSiret } from '@gpect/domain-values/siret';

/** Whether a text is a SIRET that lost the zeros at its head: with them both of its check digits agree. */
export function needsZeros(text: string): boolean {
  const read = readSiret(text, { restoreLeadingZeros: true });
  return read.ok && read.value.restored;
}

/** One alone may be a SIRET that lost a digit elsewhere: one of a hundred such numbers passes for another's. */
const FEWEST = 2;

/**
 * Tells from all SIRETs of a file whether a spreadsheet took the zeros from their heads: several lack just these, nothing else is
 * as short, and none has kept a zero there.
 */
export class LostZeros {
  readonly #lacking = new Set<string>();
  #denied = false;

  see(text: string): void {
    const digits = text.replace(/[\s.]/g, '');
    if (/^0\d{13}$/.test(digits)) this.#denied = true;
    if (!/^\d{10,13}$/.test(digits) || this.#lacking.has(digits)) return;
    if (!needsZeros(digits)) this.#denied = true;
    else if (this.#lacking.size < FEWEST) this.#lacking.add(digits);
  }

  get found(): boolean {
    return !this.#denied && this.#lacking.size >= FEWEST;
  }
}
