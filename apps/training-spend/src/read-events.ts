import type { Projection } from '@gpect/service-kit/inbox/event-handler';
import { keepSentFile, type SentFile, sentFileOf } from './arrival/partner-files.js';
import { FIRM_EVENTS, type FirmDates, firmDatesOf, keepFirmDates } from './firm-spend/firm-dates.js';
import type { Spend } from './spend.js';

type Change = { readonly dates: FirmDates } | { readonly file: SentFile };

/** What this service takes from the events of others: when firms enrolled and completed, and the files that funders send. */
export function readEvents(spend: Spend): Projection<Change> {
  return {
    kind: 'projection',
    types: [...FIRM_EVENTS, 'fr.gpect.partner.spend-file-sent.v1'],
    changesOf: (event) => {
      if (event.type === 'fr.gpect.partner.spend-file-sent.v1') return [{ file: sentFileOf(event) }];
      const dates = firmDatesOf(event);
      return dates ? [{ dates }] : [];
    },
    apply: async (changes, session) => {
      await keepFirmDates(
        spend.connection,
        changes.flatMap((change) => ('dates' in change ? [change.dates] : [])),
        session,
      );
      for (const change of changes) if ('file' in change) await keepSentFile(spend, change.file, session);
    },
  };
}
