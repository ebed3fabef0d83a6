import type { Documents } from '../programmes/documents.js';
import { MonthlySpend } from '../spend/months.js';
import { participantsOf } from '../spend/participants.js';
import type { FirmSource, MadeColumn } from './column.js';

/** What a firm spent in the windows in which its spend is compared, where it can be: as the estimate `spendChange` counts it. */
export function windowColumns(sources: readonly FirmSource[], documents: Documents): MadeColumn[] {
  const firms = sources.map(({ firm }) => firm);
  const compared = new Map(participantsOf({ firms, documents }).counted.map((one) => [one.firm.id, one]));
  const spent = (window: 'before' | 'after', [fr, en]: readonly [fr: string, en: string]): MadeColumn => ({
    column: `window.${window}`,
    labelFr: `Dépenses comparables – ${fr}`,
    labelEn: `Spend that can be compared – ${en}`,
    definitionFr: `Dépenses des 12 mois civils ${fr}, d’une entreprise accompagnée dont les deux périodes sont écoulées et couvertes par les fichiers de tous ses financeurs ; vide pour les autres. Chiffre du bilan : spendChange.`,
    definitionEn: `Spend in the 12 calendar months ${en}, of an accompanied firm both of whose windows have elapsed and are covered by the files of all its funders; empty for others. Of the bilan: spendChange.`,
    kind: 'NUMBER',
    unit: 'euro',
    codes: [],
    valueOf: ({ firm: { id } }) => {
      const participant = compared.get(id);
      return participant ? new MonthlySpend(participant.firm).within(participant.windows[window]) / 100 : null;
    },
  });
  return [
    spent('before', ['avant l’adhésion', 'before enrolment']),
    spent('after', ['après la fin', 'after completion']),
  ];
}
