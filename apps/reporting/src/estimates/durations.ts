import { daysBetween } from '@gpect/domain-values/calendar';
import type { FirmSaid } from '../cube/firms.js';
import { detection, merges } from '../facts/keepers/firms.js';
import { completion } from '../figures/accompanied.js';
import { agreement } from '../figures/enrolled.js';
import { CONFIDENCE, type Estimate, type EstimatedValue } from '../statistics/estimate.js';
import { medianValue } from '../statistics/median.js';
import { largestOf, meanOf } from '../statistics/moments.js';

export const estimate: Estimate = {
  id: 'durations',
  place: 300,
  group: 'delivery',
  labelFr: 'Durées, de la détection à la fin de l’accompagnement',
  labelEn: 'Durations, from the detection to the end of the accompaniment',
  definitionFr:
    'Jours de la détection à la convention, parmi les adhérentes ; de la convention à la fin, et de la détection à la fin, parmi les accompagnées.',
  definitionEn:
    'Days from the detection to the agreement, among the enrolled; from the agreement to the end, and from the detection to the end, among the accompanied.',
  formula: 'median and mean of (enrolledOn - detectedOn), (completedOn - enrolledOn), (completedOn - detectedOn)',
  assumptionsFr: [
    'Intervalles à 95 % de la médiane : statistiques d’ordre (exact, sans hypothèse de loi).',
    'Les accompagnements en cours ou abandonnés n’ont pas de fin : tant qu’il en reste en cours, les durées de ceux qui sont achevés sous-estiment celles de tous.',
  ],
  assumptionsEn: [
    '95 % intervals of the median: order statistics (exact, whatever the distribution).',
    'Accompaniments under way or abandoned have no end: while some are under way, how long the completed ones took is less than what all will take.',
  ],
  notComparable: undefined,
  keeps: [detection, agreement, completion, merges],
  needs: ['detected', 'enrolled', 'accompanied', 'abandoned'],
  countedBy: ['enrolled', 'accompanied'],
  counts: {
    enrolled: { labelFr: 'Adhérentes', labelEn: 'Enrolled' },
    accompanied: { labelFr: 'Accompagnées', labelEn: 'Accompanied' },
    underWay: { labelFr: 'En cours', labelEn: 'Under way' },
  },
  values: {
    toAgreement: {
      labelFr: 'De la détection à la convention, médiane',
      labelEn: 'Detection to agreement, median',
      unit: 'day',
    },
    toAgreementMean: { labelFr: 'moyenne', labelEn: 'mean', unit: 'day' },
    accompaniment: { labelFr: 'De la convention à la fin, médiane', labelEn: 'Agreement to end, median', unit: 'day' },
    accompanimentMean: { labelFr: 'moyenne', labelEn: 'mean', unit: 'day' },
    whole: { labelFr: 'De la détection à la fin, médiane', labelEn: 'Detection to end, median', unit: 'day' },
    wholeMean: { labelFr: 'moyenne', labelEn: 'mean', unit: 'day' },
  },
  of: ({ firms }) => {
    const paths = firms.filter(({ isIn }) => isIn).map(pathOf);
    const enrolled = paths.filter(({ enrolledOn }) => enrolledOn !== undefined);
    const accompanied = enrolled.filter(({ completedOn }) => completedOn !== undefined);
    const underWay = enrolled.filter(({ completedOn, hasLeft }) => completedOn === undefined && !hasLeft);
    const days = (of: readonly Path[], from: keyof Days, to: keyof Days) =>
      of.flatMap((path) => (path[from] && path[to] ? [daysBetween(path[from], path[to])] : []));
    const steps = {
      toAgreement: days(enrolled, 'detectedOn', 'enrolledOn'),
      accompaniment: days(accompanied, 'enrolledOn', 'completedOn'),
      whole: days(accompanied, 'detectedOn', 'completedOn'),
    };
    return {
      n: enrolled.length,
      counts: { enrolled: enrolled.length, accompanied: accompanied.length, underWay: underWay.length },
      groups: [enrolled.length, accompanied.length],
      values: Object.fromEntries(
        Object.entries(steps).flatMap(([name, of]) => [
          [name, middleOf(of)],
          [`${name}Mean`, meanValue(of)],
        ]),
      ),
      behind: new Map(
        enrolled.map(({ id, detectedOn, enrolledOn, completedOn, hasLeft }) => [
          id,
          `${detectedOn} ${enrolledOn} ${completedOn} ${hasLeft}`,
        ]),
      ),
      ...(underWay.length > 0
        ? {
            incomplete: {
              reasonFr: 'Des accompagnements sont en cours : leurs durées manquent.',
              reasonEn: 'Accompaniments are under way: how long they take is not known yet.',
            },
          }
        : {}),
    };
  },
};

interface Days {
  readonly detectedOn?: string | undefined;
  readonly enrolledOn?: string | undefined;
  readonly completedOn?: string | undefined;
}

interface Path extends Days {
  readonly id: string;
  readonly hasLeft: boolean;
}

function pathOf({ id, said }: FirmSaid): Path {
  const dayOf = (measure: string) => said.get(measure)?.[0]?.[0];
  return {
    id,
    detectedOn: dayOf('detected'),
    enrolledOn: dayOf('enrolled'),
    completedOn: dayOf('accompanied'),
    hasLeft: dayOf('abandoned') !== undefined,
  };
}

const middleOf = (days: readonly number[]): EstimatedValue | null =>
  days.length === 0 ? null : medianValue(days, CONFIDENCE);

const meanValue = (days: readonly number[]): EstimatedValue | null =>
  days.length === 0 ? null : { value: meanOf(days), ofOneFirm: largestOf(days) / days.length };
