import type { EventDataByType } from '@gpect/contracts/generated/events';
import { ok } from '@gpect/domain-values/result';
import type { Aggregate } from '@gpect/service-kit/aggregate/aggregate';
import type { DomainEvent } from '@gpect/service-kit/events/event';

export type Ingested = EventDataByType['fr.gpect.training-spend.spend-file-ingested.v1'];
type Refused = EventDataByType['fr.gpect.training-spend.spend-lines-refused.v1'];

export type SpendFileCommand =
  | { readonly kind: 'refuse-lines'; readonly file: Omit<Refused, 'refusals'>; readonly refusals: Refused['refusals'] }
  | { readonly kind: 'finish'; readonly ingested: Ingested };

/** Refusals of one event at the most, as its contract says. */
const REFUSALS_PER_EVENT = 500;

/** What is said of a file as it is read: the lines refused on the way, and once that it was read to its end. */
export const spendFile: Aggregate<{ readonly finished: boolean }, SpendFileCommand> = {
  collection: 'spend_files',
  initial: { finished: false },
  decide: (command, state) => {
    if (command.kind === 'finish')
      return state.finished
        ? ok([])
        : ok([{ type: 'fr.gpect.training-spend.spend-file-ingested.v1', data: command.ingested }]);
    const events: DomainEvent[] = [];
    for (let i = 0; i < command.refusals.length; i += REFUSALS_PER_EVENT) {
      events.push({
        type: 'fr.gpect.training-spend.spend-lines-refused.v1',
        data: { ...command.file, refusals: command.refusals.slice(i, i + REFUSALS_PER_EVENT) },
      });
    }
    return ok(events);
  },
  evolve: (state, event) =>
    event.type === 'fr.gpect.training-spend.spend-file-ingested.v1' ? { finished: true } : state,
};
