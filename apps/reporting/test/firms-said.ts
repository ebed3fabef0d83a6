import type { FirmSaid, OnDay } from '../src/cube/firms.js';
import type { EstimateAsked } from '../src/statistics/estimate.js';

interface Made {
  readonly id: string;
  /** Of which firm it is a case; of one of its own where nothing is said. */
  readonly firm?: number;
  readonly isIn?: boolean;
  readonly enrolled?: string;
  readonly accompanied?: string;
  /** Days on which it declined or was found not mature. */
  readonly declined?: string;
  readonly notMature?: string;
  readonly section?: string;
  readonly size?: string;
  readonly funder?: string;
  /** Cents by day of payment. */
  readonly paid?: Readonly<Record<string, number>>;
  /** Whether it was detected: one that was not is known by its payments alone. */
  readonly isDetected?: boolean;
}

let lastFirm = 1000;

/** A firm as the cube gives it. */
export function firmSaid(made: Made): FirmSaid {
  const { id, isIn = true, section, size, funder = 'opca-a', paid = {}, isDetected = true } = made;
  const payments = Object.entries(paid).sort(([a], [b]) => (a < b ? -1 : 1));
  const steps = (['enrolled', 'accompanied', 'declined', 'notMature'] as const).flatMap((name) => {
    const day = made[name];
    return day ? [[name, [[day, 1]]] as [string, OnDay[]]] : [];
  });
  return {
    id,
    firm: made.firm ?? ++lastFirm,
    isIn,
    place: {
      action: isDetected ? ['a'] : [],
      section: section ? [section] : [],
      size: size ? [size] : [],
    },
    said: new Map<string, readonly OnDay[]>([
      ...(isDetected ? [['detected', [['2008-01-01', 1]]] as [string, OnDay[]]] : []),
      ...steps,
      ...(payments.length > 0
        ? ([
            ['spend', payments],
            [`spend:funder:${funder}`, payments],
          ] as [string, OnDay[]][])
        : []),
    ]),
  };
}

/** What estimates are asked of firms, of a programme of which nothing else is known. */
export const askedOf = (firms: readonly FirmSaid[], more: Partial<EstimateAsked> = {}): EstimateAsked => ({
  firms,
  documents: { programme: {}, actions: [] } as unknown as EstimateAsked['documents'],
  ...more,
});
