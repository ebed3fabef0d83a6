import { todayInParis } from '@gpect/domain-values/calendar';
import { fieldName } from '@gpect/service-kit/mongo/field-names';
import { type Change, firmChange } from '../change.js';
import type { PaymentRecord } from '../documents.js';
import { keeper } from '../keeper.js';

interface Said {
  readonly programme: string;
  readonly funder: string;
}
interface Line {
  readonly reference: string;
  readonly siret: string;
  readonly paidOn: string;
  readonly scheme: string;
  readonly amountCents: number;
}

function line({ programme, funder }: Said, reference: string, siret: string, record: PaymentRecord): Change {
  const name = fieldName(`${funder} ${reference}`);
  return firmChange({ programme, siret }, {}, { newest: { [`paid.${name}`]: record } });
}

const paid = (said: Said, of: Line, q: number): Change =>
  line(said, of.reference, of.siret, {
    q,
    on: of.paidOn,
    funder: said.funder,
    scheme: of.scheme,
    cents: of.amountCents,
  });

const takenBack = (said: Said, of: Pick<Line, 'reference' | 'siret'>, q: number): Change =>
  line(said, of.reference, of.siret, { q });

/** Payments of funders, each by its funder and reference, as it was last said: by its revision, in whichever file it stood. */
export const payments = keeper('payments', {
  'fr.gpect.training-spend.spend-recorded.v1': ({ data, sequence }) => [paid(data, data, sequence)],
  'fr.gpect.training-spend.spend-cancelled.v1': ({ data, sequence }) => [takenBack(data, data, sequence)],
  'fr.gpect.training-spend.spend-lines-recorded.v1': ({ data }) => data.lines.map((l) => paid(data, l, l.revision)),
  'fr.gpect.training-spend.spend-lines-corrected.v1': ({ data }) =>
    data.lines.flatMap((l) => [
      // A line that goes to another firm leaves the one that had it.
      ...(l.was.siret === l.siret ? [] : [takenBack(data, { ...l, siret: l.was.siret }, l.revision)]),
      paid(data, l, l.revision),
    ]),
  'fr.gpect.training-spend.spend-lines-cancelled.v1': ({ data }) =>
    data.lines.map((l) => takenBack(data, l, l.revision)),
});

/** The day on which a funder's last file was read. */
export const filesRead = keeper('spend-files-read', {
  'fr.gpect.training-spend.spend-file-ingested.v1': ({ data: { programme, funder }, time }) => [
    {
      collection: 'programmes',
      id: programme,
      set: {},
      latest: { [`spendReadOn.${fieldName(funder)}`]: todayInParis(new Date(time)) },
    },
  ],
});

/** A file read again or withdrawn: what was said of its refusals up to here no longer holds. */
const restart = (programme: string, subject: string, sequence: number): Change => ({
  collection: 'spendFiles',
  id: subject,
  set: { programme },
  toSet: { restarts: sequence },
});

/** Lines that were refused, and the files in which. */
export const refusals = keeper('refusals', {
  'fr.gpect.training-spend.spend-file-reopened.v1': ({ data, subject, sequence }) => [
    restart(data.programme, subject, sequence),
  ],
  'fr.gpect.training-spend.spend-file-withdrawn.v1': ({ data, subject, sequence }) => [
    restart(data.programme, subject, sequence),
  ],
  'fr.gpect.training-spend.spend-lines-refused.v1': ({ data: { programme, file, refusals }, subject, sequence }) => [
    {
      collection: 'refusals',
      id: `${subject}/${sequence}`,
      set: { programme, file, of: subject, sequence, lines: refusals.map(({ line, reason }) => ({ line, reason })) },
    },
  ],
});
