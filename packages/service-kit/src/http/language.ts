import type { Language } from '@gpect/tabular-files/messages';
import type { Request } from 'express';

/** Clerks are spoken to in French, and in English where that is asked for (`Accept-Language`). */
export function languageOf(request: Request): Language {
  return request.acceptsLanguages('fr', 'en') === 'en' ? 'en' : 'fr';
}
