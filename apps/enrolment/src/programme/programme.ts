import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import { fail, ok } from '@gpect/domain-values/result';
import type { Aggregate } from '@gpect/service-kit/aggregate/aggregate';

export type Programme = EventDataByType['fr.gpect.enrolment.programme-opened.v1'];

export interface OpenProgramme {
  readonly kind: 'open';
  readonly programme: Programme;
}

/** A programme (dispositif): its period, who pays, whom it is for, and how maturity is judged. */
export const programme: Aggregate<Programme | null, OpenProgramme> = {
  collection: 'programmes',
  initial: null,
  decide: ({ programme: opened }, state) => {
    if (state) {
      if (isDeepStrictEqual(state, opened)) return ok([]);
      return fail({
        code: 'programme_exists',
        kind: 'transition',
        detail: `programme ${opened.programme} is open with other rules`,
        state: 'OPEN',
        allowed: [],
      });
    }
    if (opened.closesOn < opened.opensOn) {
      return fail({
        code: 'period_reversed',
        kind: 'rule',
        field: 'closesOn',
        detail: `closes on ${opened.closesOn}, before it opens on ${opened.opensOn}`,
      });
    }
    if (new Set(opened.basins.map((b) => b.code)).size < opened.basins.length) {
      return fail({
        code: 'basin_twice',
        kind: 'rule',
        field: 'basins',
        detail: 'a basin is named twice; name each once',
      });
    }
    return ok([{ type: 'fr.gpect.enrolment.programme-opened.v1', data: opened }]);
  },
  evolve: (state, event) => (event.type === 'fr.gpect.enrolment.programme-opened.v1' ? event.data : state),
};
