import { fail, ok } from '@gpect/domain-values/result';
import type { Aggregate } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture } from '@gpect/service-kit/aggregate/refusals';

/** The end of an establishment, as Sirene tells it. */
export interface Closure {
  readonly siret: string;
  readonly on: string;
  readonly successor?: string;
}

export interface RecordClosure {
  readonly kind: 'record-closure';
  readonly closure: Closure;
  readonly today: string;
}

/** An establishment that closed, or moved and goes on under another SIRET. */
export const establishment: Aggregate<'training-spend/establishment', Closure | null, RecordClosure> = {
  collection: 'establishments',
  initial: null,
  decide: ({ closure, today }, state) => {
    const { siret, on, successor } = closure;
    if (on > today) return fail(inFuture('on', on, 'record the closure once it has happened'));
    if (successor === siret)
      return fail({
        code: 'succeeds_itself',
        kind: 'rule',
        field: 'successor',
        value: siret,
        detail: 'an establishment cannot go on as itself; leave the successor out where there is none',
      });
    if (state?.on === on && state.successor === successor) return ok([]);
    return ok([{ type: 'fr.gpect.training-spend.establishment-closed.v1', data: closure }]);
  },
  evolve: (_state, event) => event.data,
};
