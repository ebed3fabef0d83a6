import type { CommuneChanges } from '@gpect/reference-data/communes';
import { below, NotTheFile } from './rows.js';

/** Kinds of INSEE's events after which another commune stands in the place of one: mergers, communes nouvelles, another code. */
const REPLACES = new Set(['31', '32', '33', '34', '41', '50']);

/** What of INSEE's events on communes (`v_mvt_commune_<year>.csv`) gave a commune another code. */
export function communeChangesOf(rows: readonly string[][]): CommuneChanges['changes'] {
  const events = below(rows, ['MOD', 'DATE_EFF', 'TYPECOM_AV', 'COM_AV', 'LIBELLE_AV', 'TYPECOM_AP', 'COM_AP']);
  const changes = new Map<string, CommuneChanges['changes'][number]>();
  for (const [mod = '', on = '', typeBefore, from = '', name = '', typeAfter, to = ''] of events) {
    if (!REPLACES.has(mod) || typeBefore !== 'COM' || typeAfter !== 'COM' || from === to) continue;
    if (!/^\d{4}-\d{2}-\d{2}$/.test(on))
      throw new NotTheFile(`${from} became ${to} on "${on}", which is no day YYYY-MM-DD`);
    changes.set(`${from} ${to} ${on}`, { from, name, to, on });
  }
  if (changes.size === 0)
    throw new NotTheFile('no event of the file replaces a commune by another (MOD 31, 32, 33, 34, 41, 50)');
  return [...changes.values()].sort((a, b) => (a.on + a.from < b.on + b.from ? -1 : 1));
}
