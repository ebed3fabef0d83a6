import { own } from '@gpect/domain-values/records';
import { SIZE_BANDS } from '@gpect/domain-values/size-band';
import type { EstimateAsked, Estimated, EstimatedPart } from '../statistics/estimate.js';
import { NO_DRAW } from './no-draw.js';
import { type Surveyed, surveyedOf } from './surveyed.js';
import { WAVES, type Wave } from './waves.js';

type Part = NonNullable<Estimated['parts']>[number];

const NAMES: Readonly<Record<Wave, readonly [string, string]>> = {
  BEFORE: ['Avant', 'Before'],
  AFTER: ['Après', 'After'],
};

/** Who was drawn and who answered, wave by wave: in all, by size, by basin, and by stratum. */
export function responseOf({ firms, documents }: EstimateAsked): Estimated {
  const all = surveyedOf(firms);
  const { basins, basinNames = {} } = documents.programme;
  const isThere = (wave: Wave) => all.some(({ drawn, answered }) => drawn[wave] || answered[wave]);
  const parts = WAVES.filter(isThere).flatMap((wave): Part[] => {
    const cells = cellsOf(all.filter((firm) => isAsked(firm, wave)));
    const part = (
      keys: readonly string[],
      [fr, en]: readonly [string, string],
      at: { readonly size?: string; readonly basin?: string },
    ): Part => ({
      key: [wave, ...keys].join(':'),
      labelFr: [NAMES[wave][0], fr].filter(Boolean).join(', '),
      labelEn: [NAMES[wave][1], en].filter(Boolean).join(', '),
      at,
      ...waveOf(
        cells
          .filter((of) => (at.size ?? of.size) === of.size && (at.basin ?? of.basin) === of.basin)
          .flatMap(({ firms }) => firms),
        wave,
      ),
    });
    const nameOf = (basin: string): string => own(basinNames, basin) ?? basin;
    return [
      part([], ['', ''], {}),
      ...SIZE_BANDS.map((size) => part(['size', size], [`${size} salariés`, `${size} employees`], { size })),
      ...basins.map((basin) => part(['basin', basin], [nameOf(basin), nameOf(basin)], { basin })),
      ...basins.flatMap((basin) =>
        SIZE_BANDS.map((size) => ({
          ...part(
            ['stratum', basin, size],
            [`${nameOf(basin)}, ${size} salariés`, `${nameOf(basin)}, ${size} employees`],
            { basin, size },
          ),
          isForFullSight: true as const,
        })).filter(({ counts }) => (counts?.['population'] ?? 0) > 0),
      ),
    ];
  });
  // In all: who could be asked in a wave, and what was done in waves in which it could.
  const askedIn = (firm: Surveyed) => WAVES.filter((wave) => isAsked(firm, wave));
  const population = all.filter((firm) => askedIn(firm).length > 0);
  const drawn = population.filter((firm) => askedIn(firm).some((wave) => firm.drawn[wave]));
  const answered = drawn.filter((firm) => askedIn(firm).every((wave) => !firm.drawn[wave] || firm.answered[wave]));
  const volunteers = population.filter((firm) =>
    askedIn(firm).some((wave) => firm.answered[wave] && !firm.drawn[wave]),
  );
  return {
    ...partOf(population, drawn, answered, volunteers),
    ...incompleteOf(drawn.length, parts),
    parts,
    behind: new Map(
      all.map(({ id, isEnrolled, isAccompanied, drawn, answered }) => [
        id,
        JSON.stringify([isEnrolled, isAccompanied, drawn, answered]),
      ]),
    ),
  };
}

/** Firms by basin and size: of many firms each is looked at once. */
function cellsOf(firms: Firms): { readonly basin: string; readonly size: string; readonly firms: Firms }[] {
  const cells = new Map<string, { basin: string; size: string; firms: Surveyed[] }>();
  for (const firm of firms) {
    const { basin, size } = firm;
    const key = JSON.stringify([basin, size]);
    const cell = cells.get(key);
    if (cell) cell.firms.push(firm);
    else cells.set(key, { basin, size, firms: [firm] });
  }
  return [...cells.values()];
}

const isAsked = (firm: Surveyed, wave: Wave): boolean => (wave === 'BEFORE' ? firm.isEnrolled : firm.isAccompanied);

function waveOf(population: readonly Surveyed[], wave: Wave): EstimatedPart {
  const drawn = population.filter((firm) => firm.drawn[wave]);
  return partOf(
    population,
    drawn,
    drawn.filter((firm) => firm.answered[wave]),
    population.filter((firm) => firm.answered[wave] && !firm.drawn[wave]),
  );
}

type Firms = readonly Surveyed[];

function partOf(population: Firms, drawn: Firms, answered: Firms, volunteers: Firms): EstimatedPart {
  const silent = drawn.length - answered.length;
  return {
    n: drawn.length,
    // Where nobody is, nobody is to know: a release masks some cells of nothing, too.
    groups: [population.length, drawn.length, answered.length, silent, volunteers.length].map((n) => Math.max(1, n)),
    counts: {
      population: population.length,
      drawn: drawn.length,
      answered: answered.length,
      volunteers: volunteers.length,
    },
    values: {
      rate: drawn.length === 0 ? null : { value: answered.length / drawn.length, ofOneFirm: 1 / drawn.length },
    },
  };
}

function incompleteOf(drawn: number, parts: readonly Part[]): Pick<Estimated, 'incomplete'> {
  if (drawn === 0) return { incomplete: NO_DRAW };
  // Of a wave in which some are drawn, strata from which nobody is.
  const isLeftOut = parts.some(({ key, counts }) => {
    const [wave, kind] = key.split(':');
    const ofWave = parts.find((part) => part.key === wave)?.counts?.['drawn'] ?? 0;
    return kind === 'stratum' && ofWave > 0 && counts?.['drawn'] === 0;
  });
  return isLeftOut ? { incomplete: LEFT_OUT } : {};
}

const LEFT_OUT = {
  reasonFr:
    'Des strates qui ont des entreprises ne sont pas tirées : entreprises entrées après le tirage, ou panel dont elles n’étaient pas. D’autres strates parlent pour elles.',
  reasonEn:
    'Some strata that have firms are not drawn from: firms that came after the draw, or a panel that they were not of. Other strata stand for them.',
};
