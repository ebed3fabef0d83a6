import { own } from '@gpect/domain-values/records';
import type { Bilan } from '../bilan/shape.js';
import type { Language } from './labels.js';
import type { Names } from './names.js';

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
}

export function toldIn(bilan: Bilan, names: Names, language: Language): Told {
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const labels = new Map(bilan.definitions.map((d) => [d.id, say(d.labelFr, d.labelEn)]));
  return {
    bilan,
    language,
    names,
    say,
    label: (id) => labels.get(id) ?? id,
    action: (code) => own(names.actions, code) ?? code,
    basin: (code) => own(names.basins, code) ?? code,
  };
}

/** Beginning as a sentence does. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
