import { keptAs, type Projection } from '@gpect/service-kit/inbox/event-handler';
import type mongoose from 'mongoose';
import { FIRM_EVENTS, type FirmDates, firmDatesOf, keepFirmDates } from './firm-spend/firm-dates.js';

/** What this service takes from the events of others: when firms enrolled and completed. */
export function readEvents(connection: mongoose.Connection): Projection<FirmDates> {
  // Of revision 2 is the action.
  return keptAs('firm-dates', 2, {
    kind: 'projection',
    types: FIRM_EVENTS,
    changesOf: (event) => {
      const dates = firmDatesOf(event);
      return dates ? [dates] : [];
    },
    apply: (dates, session) => keepFirmDates(connection, dates, session),
  });
}
