import { readFileSync } from 'node:fs';
import nafCodes from '@socialgouv/codes-naf';
import { readIfLoaded } from './read-if-loaded.js';

type NomenclatureCode = 'NAF_REV2' | 'NAF_2025';

interface Section {
  readonly code: string;
  /** Number of its first division; it reaches to the first of the next section. */
  readonly firstDivision: number;
  readonly labelFr: string;
  readonly labelEn: string;
}

interface Nomenclature {
  readonly code: NomenclatureCode;
  readonly name: string;
  readonly sections: readonly Section[];
}

/** What INSEE publishes of NAF 2025, as `npm run load -w infra/reference -- naf-2025` writes it to `data/naf-2025.json`. */
export interface Naf2025 {
  /** Its source, the names of the files, and the day on which they were loaded. */
  readonly source: string;
  readonly files: readonly string[];
  readonly loadedOn: string;
  /** Labels by subclass. */
  readonly subclasses: Readonly<Record<string, string>>;
  /** What of a subclass of NAF rev. 2 passes to one of NAF 2025: `whole` says that all of it does. */
  readonly passage: readonly { readonly from: string; readonly to: string; readonly whole: boolean }[];
}

const { nomenclatures } = JSON.parse(readFileSync(new URL('../data/naf-sections.json', import.meta.url), 'utf8')) as {
  readonly nomenclatures: readonly Nomenclature[];
};
const SUBCLASS = /^\d{2}\.\d{2}[A-Z]$/;
const REV2 = new Set(nafCodes.map((n) => n.id).filter((id) => SUBCLASS.test(id)));
/** Letters of NAF 2025: Y where a class is not divided, G, H, J and on where it is; NAF rev. 2 has Z, and A to F. */
const SHAPE_2025 = /^\d{2}\.\d{2}[GHJ-NPQY]$/;
/** Divisions of NAF rev. 2 without firms of NAF 2025 (45 went into 46, 47 and 95), and numbers that neither has. */
const NOT_IN_2025 = new Set([4, 34, 40, 44, 45, 48, 54, 57, 67, 76, 83, 89]);
const KEY_2025 = '2025-';

const sectionsOf = (code: NomenclatureCode): readonly Section[] =>
  nomenclatures.find((n) => n.code === code)?.sections ?? [];

/** What a code of an activity (NAF, APE) is, in both nomenclatures: no code is in both, so that the code itself tells. */
export interface NafCodes {
  /** Which nomenclature the subclass is of; undefined for what is none. */
  nomenclatureOf(code: string): NomenclatureCode | undefined;
  /** A subclass as people write it: `2562B`, `25.62 b`, `25-62B`. Undefined for what is no subclass. */
  read(text: string): string | undefined;
  /**
   * Where figures by section count a firm: the section of NAF rev. 2 (`C`); of a code of NAF 2025 that to which everything
   * that INSEE's table passes to the code belongs, else the code's own section, as `2025-T`.
   */
  sectionKey(code: string): string | undefined;
}

/**
 * @param list the subclasses of NAF 2025 and the passage to them. Without it a code is taken by its form and its division
 *   alone, and passes to no section of NAF rev. 2.
 */
export function nafCodesWith(list: Naf2025 | undefined): NafCodes {
  const listed = list && new Set(Object.keys(list.subclasses));
  const origins = new Map<string, Set<string>>();
  for (const { from, to } of list?.passage ?? [])
    origins.set(to, (origins.get(to) ?? new Set()).add(sectionIn('NAF_REV2', from)));

  const nomenclatureOf = (code: string): NomenclatureCode | undefined => {
    if (REV2.has(code)) return 'NAF_REV2';
    return (listed ? listed.has(code) : mayBe2025(code)) ? 'NAF_2025' : undefined;
  };
  return {
    nomenclatureOf,
    read: (text) => {
      const [, division, rest] = /^(\d{2})(\d{2}[A-Z])$/.exec(text.replace(/[\s.\-/]/g, '').toUpperCase()) ?? [];
      const code = `${division}.${rest}`;
      return nomenclatureOf(code) ? code : undefined;
    },
    sectionKey: (code) => {
      const nomenclature = nomenclatureOf(code);
      if (nomenclature !== 'NAF_2025') return nomenclature && sectionIn(nomenclature, code);
      const [one, ...others] = origins.get(code) ?? [];
      return one && others.length === 0 ? one : KEY_2025 + sectionIn('NAF_2025', code);
    },
  };
}

function mayBe2025(code: string): boolean {
  const division = Number(code.slice(0, 2));
  return SHAPE_2025.test(code) && division > 0 && !NOT_IN_2025.has(division);
}

function sectionIn(nomenclature: NomenclatureCode, code: string): string {
  const division = Number(code.slice(0, 2));
  return sectionsOf(nomenclature).findLast(({ firstDivision }) => firstDivision <= division)?.code ?? '';
}

/** The codes of both nomenclatures, with INSEE's list of NAF 2025 where it was loaded. */
export const NAF: NafCodes = nafCodesWith(readIfLoaded<Naf2025>('naf-2025'));

/** Every key that a section may have (`NafCodes.sectionKey`): those of NAF rev. 2 first. */
export const SECTION_KEYS: readonly string[] = [
  ...sectionsOf('NAF_REV2').map(({ code }) => code),
  ...sectionsOf('NAF_2025').map(({ code }) => KEY_2025 + code),
];

/** What a reader calls a section: of NAF rev. 2 its label, of NAF 2025 with the nomenclature beside it; a key that is none as it is. */
export function sectionLabel(key: string, language: 'fr' | 'en'): string {
  const is2025 = key.startsWith(KEY_2025);
  const code = is2025 ? key.slice(KEY_2025.length) : key;
  const section = sectionsOf(is2025 ? 'NAF_2025' : 'NAF_REV2').find((s) => s.code === code);
  if (!section) return key;
  const label = language === 'fr' ? section.labelFr : section.labelEn;
  return is2025 ? `${label} (NAF 2025, section ${code})` : label;
}
