import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import { disclosureRuleOf, FEWEST_FIRMS } from '@gpect/domain-values/disclosure';
import { MATURITY_CRITERIA } from '@gpect/domain-values/maturity';
import { fail, ok } from '@gpect/domain-values/result';
import { unreachable } from '@gpect/domain-values/unreachable';
import type { Aggregate, DecisionOf, Refusal } from '@gpect/service-kit/aggregate/aggregate';
import { firstTwice, namedTwice, tooEarly } from '@gpect/service-kit/aggregate/refusals';
import { type Geography, withCommunes } from './basin-communes.js';
import { gridsOf, type MaturityGrid } from './maturity-grid.js';

type Decision = DecisionOf<'enrolment/programme'>;

type Opened = EventDataByType['fr.gpect.enrolment.programme-opened.v1'];

export interface Programme extends Opened {
  /** Versions 2 and on of the maturity grid. */
  readonly grids?: readonly MaturityGrid[];
}

export type ProgrammeCommand =
  | { readonly kind: 'open'; readonly programme: Opened; readonly geography: Geography }
  | {
      readonly kind: 'publish-grid';
      readonly grid: Omit<MaturityGrid, 'version'> & { readonly reason: string };
    };

/** A programme (dispositif): its period, who pays, whom it is for, how maturity is judged, and what of its figures may be told. */
export const programme: Aggregate<'enrolment/programme', Programme | null, ProgrammeCommand> = {
  collection: 'programmes',
  initial: null,
  decide: (command, state) => {
    if (command.kind === 'open') return open(command.programme, command.geography, state);
    if (state) return publishGrid(command.grid, state);
    return fail({ code: 'programme_unknown', kind: 'unknown', field: 'programme', detail: 'open the programme first' });
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'fr.gpect.enrolment.programme-opened.v1':
        return event.data;
      case 'fr.gpect.enrolment.maturity-grid-published.v1': {
        const { programme: _programme, ...grid } = event.data;
        return state && { ...state, grids: [...(state.grids ?? []), grid] };
      }
      default:
        return unreachable(event satisfies never);
    }
  },
};

function open(asked: Opened, geography: Geography, state: Programme | null): Decision {
  const basins = withCommunes(asked.basins, geography);
  if (!basins.ok) return basins;
  const opened = { ...asked, basins: basins.value };
  if (state) {
    const { grids: _grids, ...before } = state;
    if (isDeepStrictEqual(before, opened)) return ok([]);
    return fail({
      code: 'programme_exists',
      kind: 'transition',
      detail: `programme ${opened.programme} is open with other rules`,
      state: 'OPEN',
      allowed: ['publish-grid'],
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
  const { leastFirms } = disclosureRuleOf(opened);
  if (leastFirms < FEWEST_FIRMS) return fail(leastFirmsTooFew(leastFirms));
  const twice = firstTwice(opened.basins.map((b) => b.code));
  if (twice) return fail(namedTwice('basins', twice));
  return ok([{ type: 'fr.gpect.enrolment.programme-opened.v1', data: opened }]);
}

function leastFirmsTooFew(leastFirms: number): Refusal {
  return {
    code: 'least_firms_too_few',
    kind: 'rule',
    field: 'disclosure',
    value: String(leastFirms),
    detail: `leastFirms is ${leastFirms}: of two firms each knows the other one's figure by subtraction; say ${FEWEST_FIRMS} or more`,
  };
}

/** A later version applies from a later day: what was judged stays judged as it was. */
function publishGrid(grid: Omit<MaturityGrid, 'version'> & { readonly reason: string }, state: Programme): Decision {
  const last = gridsOf(state).at(-1) as MaturityGrid;
  const { version, ...before } = last;
  if (isDeepStrictEqual({ ...before }, { ...grid })) return ok([]);
  const names = grid.criteria.map((c) => c.criterion);
  const missing = MATURITY_CRITERIA.filter((c) => !names.includes(c));
  if (missing.length > 0)
    return fail({
      code: 'criterion_missing',
      kind: 'rule',
      field: 'criteria',
      detail: `every version has the four criteria, so that firms can be compared; add ${missing.join(', ')}`,
    });
  const twice = firstTwice(names);
  if (twice) return fail(namedTwice('criteria', twice));
  if (grid.appliesFrom <= last.appliesFrom)
    return fail(
      tooEarly('appliesFrom', grid.appliesFrom, `the day after version ${version} began, ${last.appliesFrom}`),
    );
  return ok([
    {
      type: 'fr.gpect.enrolment.maturity-grid-published.v1',
      data: { programme: state.programme, version: version + 1, ...grid },
    },
  ]);
}
