import { describe, expect, test } from '@jest/globals';
import type { At } from '../dimensions/dimensions.js';
import { countedIn } from '../figures/counted-in.js';
import { toldOf } from '../secrecy/told.js';
import { bilanOf } from './bilan.js';

/** An action of 40 firms aimed at, 12 of which count here. */
const bilanIn = (at: At) =>
  bilanOf({
    documents: {
      programme: {
        _id: 'p',
        name: 'P',
        opensOn: '2007-01-01',
        closesOn: '2013-12-31',
        basins: ['lille'],
        basinNames: {},
      },
      actions: [
        { _id: 'p/a', programme: 'p', action: 'a', basins: ['lille'], startsOn: '2009-01-01', targetFirms: 40 },
      ],
      practices: [],
      exchanges: [],
      samples: [],
      questionnaires: [],
      verbatims: { told: [], withheld: 0 },
      refused: {},
      refusedLines: 0,
    } as never,
    scope: { at },
    total: countedIn(at, toldOf(at, new Map([['accompanied', [12, 12]]]))),
    byBasin: undefined,
    byAction: [toldOf({ action: 'a' }, new Map([['accompanied', [12, 12]]]))],
    estimates: [],
    cuts: {},
    beingCounted: [],
    positions: new Map(),
  });

describe('a bilan of a part', () => {
  test.each([{}, { action: 'a' }])('of whole actions %j sets what they reached against what they meant to', (at) => {
    expect(bilanIn(at).objectives).toMatchObject([{ action: 'a', targetFirms: 40, accompanied: 12 }]);
  });

  test.each([{ basin: 'lille' }, { section: 'C' }, { year: '2010' }, { wave: '2009' }])(
    'of their firms %j sets nothing against what whole actions meant to reach',
    (at) => {
      expect(bilanIn(at).objectives).toEqual([]);
    },
  );

  test.each([{ section: 'C' }, { size: '10-49' }, { origin: 'OPCA' }, { region: '32' }])(
    'of firms %j does not say that there was no workshop: nobody knows of which it would be',
    (at) => {
      const { figures, beingCounted } = bilanIn(at);
      expect([figures.workshops, figures.accompanied, beingCounted]).toEqual([null, 12, []]);
    },
  );

  test('of a theme does not say that no firm came or answered: which would be of it is not known', () => {
    const { figures, survey, definitions } = bilanIn({ theme: 'skills' });
    expect([figures.accompanied, figures.detected, figures.workshops, figures.sessions]).toEqual([null, null, 0, 0]);
    expect([survey.firms, survey.masked]).toEqual([null, undefined]);
    expect(definitions.find(({ id }) => id === 'accompanied')?.firms).toBeNull();
  });

  test('of a basin counts its workshops', () => {
    expect(bilanIn({ basin: 'lille' }).figures.workshops).toBe(0);
  });
});
