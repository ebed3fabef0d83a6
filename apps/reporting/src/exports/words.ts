import { own } from '@gpect/domain-values/records';
import type { Bilan } from '../bilan/shape.js';
import type { At } from '../dimensions/dimensions.js';
import { isCountedIn } from '../figures/counted-in.js';
import type { Language } from './labels.js';
import type { Names } from './names.js';
import { nullIn, type SheetCell, UNTOLD } from './sheet.js';
import { written } from './written.js';

/** A bilan and how its things are called in the language of its readers. */
export interface Told {
  readonly bilan: Bilan;
  readonly language: Language;
  readonly names: Names;
  say(fr: string, en: string): string;
  /** What a figure is called. */
  label(id: string): string;
  action(code: string): string;
  basin(code: string): string;
  /** Whether a figure is counted in the part at all; which are follows from what the part is, and gives nothing away. */
  isCounted(id: string): boolean;
  /**
   * A number of a figure: one that is null is told as not counted where the figure is not counted in the part (`more` says what
   * of it), and left null, which is masked in a release, everywhere else.
   */
  cell(id: string, value: SheetCell | undefined, more?: At): SheetCell;
  /** The same, in a sentence. */
  count(id: string, value: number | null): string;
}

export function toldIn(bilan: Bilan, names: Names, language: Language): Told {
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const at = atOfScope(bilan.scope);
  const isCounted = (id: string, more: At = {}) => isCountedIn({ ...at, ...more }, id);
  const cell: Told['cell'] = (id, value = null, more = {}) => value ?? (isCounted(id, more) ? null : UNTOLD);
  const labels = new Map(bilan.definitions.map((d) => [d.id, say(d.labelFr, d.labelEn)]));
  return {
    bilan,
    language,
    names,
    say,
    label: (id) => labels.get(id) ?? id,
    action: (code) => own(names.actions, code) ?? code,
    basin: (code) => own(names.basins, code) ?? code,
    isCounted,
    cell,
    count: (id, value) => written(cell(id, value) ?? nullIn(bilan.secrecy), language),
  };
}

/** The values of dimensions that a bilan is within. */
export function atOfScope({ asOf: _asOf, ...at }: Bilan['scope']): At {
  return Object.fromEntries(Object.entries(at).map(([name, value]) => [name, String(value)]));
}

/** Beginning as a sentence does. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
