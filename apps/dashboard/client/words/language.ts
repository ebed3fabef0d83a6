import { createContext, useContext } from 'react';

export type Language = 'fr' | 'en';

/** A language and how things are written in it. */
export interface Words {
  readonly language: Language;
  say(fr: string, en: string): string;
  /** A count; `s` where statistical secrecy masks it. */
  count(value: number | null): string;
  euros(cents: number | null): string;
  day(iso: string): string;
}

const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const;
const MASKED = 's';

export function wordsIn(language: Language): Words {
  const locale = LOCALES[language];
  const count = new Intl.NumberFormat(locale);
  const euros = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  return {
    language,
    say: (fr, en) => (language === 'fr' ? fr : en),
    count: (value) => (value === null ? MASKED : count.format(value)),
    euros: (cents) => (cents === null ? MASKED : euros.format(cents / 100)),
    day: (iso) => day.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`)),
  };
}

export const WordsContext = createContext<Words>(wordsIn('fr'));
export const useWords = (): Words => useContext(WordsContext);
