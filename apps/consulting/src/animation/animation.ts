import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { fail, ok } from '@gpect/domain-values/result';
import { unreachable } from '@gpect/domain-values/unreachable';
import type { Aggregate } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture, notKnown, saidOtherwise, tooEarly } from '@gpect/service-kit/aggregate/refusals';

type Exchange = Omit<EventDataByType['fr.gpect.consulting.practice-exchange-held.v1'], 'programme'>;
type Framework = Omit<EventDataByType['fr.gpect.consulting.shared-framework-published.v1'], 'programme'>;

export interface Animation {
  readonly exchanges: readonly Exchange[];
  readonly frameworks: readonly Framework[];
}

export type AnimationCommand = { readonly programme: string; readonly today: CalendarDate } & (
  | {
      readonly kind: 'record-exchange';
      readonly exchange: Exchange;
      /** Those of them that the register knows. */
      readonly registered: readonly string[];
    }
  | { readonly kind: 'publish-framework'; readonly framework: Omit<Framework, 'version'> }
);

export const animationId = (programme: string) => inProgramme(programme, 'animation');

/** What the consultants of a region share: exchanges of practice, and the framework they work by. Source: bilan 2007-2013, section 6. */
export const animation: Aggregate<'consulting/regional animation', Animation, AnimationCommand> = {
  collection: 'regional_animations',
  initial: { exchanges: [], frameworks: [] },
  decide: (command, state) => {
    const { programme, today } = command;
    if (command.kind === 'record-exchange') {
      const { exchange, registered } = command;
      const known = state.exchanges.find((e) => e.exchange === exchange.exchange);
      if (known && isDeepStrictEqual({ ...known }, { ...exchange })) return ok([]);
      if (known)
        return fail(saidOtherwise('exchange', exchange.exchange, { state: 'HELD', allowed: ['record-exchange'] }));
      if (exchange.heldOn > today) return fail(inFuture('heldOn', exchange.heldOn, 'record it once it was held'));
      const stranger = exchange.consultants.find((code) => !registered.includes(code));
      if (stranger)
        return fail(notKnown('consultants', stranger, 'not in the register; register the consultant first'));
      return ok([{ type: 'fr.gpect.consulting.practice-exchange-held.v1', data: { programme, ...exchange } }]);
    }
    const { framework } = command;
    const last = state.frameworks.at(-1);
    const { version = 0, ...before } = last ?? {};
    if (isDeepStrictEqual(before, { ...framework })) return ok([]);
    const { publishedOn } = framework;
    if (publishedOn > today) return fail(inFuture('publishedOn', publishedOn, 'record it once it is published'));
    if (last && publishedOn < last.publishedOn)
      return fail(tooEarly('publishedOn', publishedOn, `version ${last.version}, published on ${last.publishedOn}`));
    const data = { programme, version: version + 1, ...framework };
    return ok([{ type: 'fr.gpect.consulting.shared-framework-published.v1', data }]);
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'fr.gpect.consulting.practice-exchange-held.v1': {
        const { programme: _p, ...exchange } = event.data;
        return { ...state, exchanges: [...state.exchanges, exchange] };
      }
      case 'fr.gpect.consulting.shared-framework-published.v1': {
        const { programme: _p, ...framework } = event.data;
        return { ...state, frameworks: [...state.frameworks, framework] };
      }
      default:
        return unreachable(event satisfies never);
    }
  },
};
