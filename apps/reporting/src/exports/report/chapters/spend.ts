import { own } from '@gpect/domain-values/records';
import { type Bar, distribution } from '@gpect/drawings/distribution';
import { typeset } from '@gpect/typesetting/typography';
import { labelOf } from '../../labels.js';
import { euros, type SheetCell } from '../../sheet.js';
import { capital, type Told } from '../../words.js';
import { estimateBlocks } from '../estimate-blocks.js';
import { type Block, chapter, table } from '../report.js';

/** What firms' training cost their funders, and how that changed. */
export function spendChapter(told: Told) {
  const { bilan, language, say, label } = told;
  const { spend } = bilan;
  const by = (
    title: string,
    first: string,
    cents: Readonly<Record<string, number | null>>,
    kind: 'FUNDERS' | 'SCHEMES',
  ) =>
    table({
      title,
      head: [first, say('Montant', 'Amount')],
      rows: [
        ...Object.entries(cents).map(([code, amount]): SheetCell[] => [
          labelledOr(code, labelOf(kind, code, language)),
          euros(amount),
        ]),
      ],
    });
  return chapter(say('Les dépenses de formation', 'Training spend'), [
    table({
      title: say('Dépenses de formation', 'Training spend'),
      head: ['', say('Montant', 'Amount')],
      rows:
        spend.totalCents === 0 || !told.isCounted('spend')
          ? []
          : [
              [label('spend'), euros(spend.totalCents)],
              [label('spendEnrolled'), euros(spend.enrolledFirmsCents)],
            ],
    }),
    by(say('Par financeur', 'By funder'), say('Financeur', 'Funder'), spend.byFunderCents, 'FUNDERS'),
    by(say('Par dispositif', 'By scheme'), say('Dispositif', 'Scheme'), spend.bySchemeCents, 'SCHEMES'),
    ...changes(told),
    ...estimateBlocks(told, 'spend'),
  ]);
}

/** In the order of the estimate: what fell light, what stayed alike middle, what rose dark. */
const TONES: Readonly<Record<string, Bar['tone']>> = { fellByHalf: 'light', fell: 'light', alike: 'middle' };

function changes({ bilan, language, say }: Told): Block[] {
  const classes = bilan.estimates.find(({ id }) => id === 'spendDistribution');
  if (!classes || classes.n === 0) return [];
  return [
    {
      kind: 'drawing',
      drawing: distribution(
        classes.counts.map(({ name, labelFr, labelEn, count }) => ({
          // Broken where one reads on, not at a sign.
          label: typeset(say(labelFr, labelEn).replace(/ (?=à |to |et |and )/, '\n'), language),
          count,
          tone: own(TONES, name) ?? 'dark',
        })),
        {
          title: say(
            'Entreprises selon l’évolution de leurs dépenses, des 12 mois d’avant aux 12 mois d’après',
            'Firms by the change of their spend, from the 12 months before to the 12 months after',
          ),
          classes: say('Évolution', 'Change'),
          counted: say('Entreprises', 'Firms'),
        },
        language,
      ),
    },
  ];
}

/** A label begins as a sentence does; a code without one stays as it is. */
const labelledOr = (code: string, label: string): string => (label === code ? code : capital(label));
