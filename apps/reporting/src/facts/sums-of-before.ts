import type { EventType } from '@gpect/contracts/event-contracts';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import { fieldName } from '@gpect/service-kit/mongo/field-names';
import { type Change, firmChange } from './change.js';

/**
 * Sums by day, as reporting kept them until 2026-12 instead of records. A database that has them goes on with them, and
 * figures are counted from them, until history is read into the records; then nobody looks at them (feed/normal-firm.ts).
 * They are added to, so they are never read again. To be deleted with the next major release.
 */
type Sums = { readonly [T in EventType]?: (event: RecordedEvent<T>) => Change[] };

/** Where a session's stage was not told: what is taken back there still adds up. */
const NO_STAGE = 'NONE';

interface Held {
  readonly heldOn: string;
  readonly halfDays: number;
  /** Absent of what a session was before, in events from before 2026-11-24. */
  readonly stage?: string;
  readonly participants: readonly string[];
}

type FirmKeys = Parameters<typeof firmChange>[0];

function session(keys: FirmKeys, { heldOn, halfDays, stage, participants }: Held, sign: 1 | -1): Change {
  const day = `sessions.${heldOn}`;
  const took = participants.map(
    (group) => [`${day}.at.${fieldName(stage ?? NO_STAGE)}.${fieldName(group)}`, sign] as const,
  );
  const add = { [`${day}.sessions`]: sign, [`${day}.halfDays`]: sign * halfDays, ...Object.fromEntries(took) };
  return firmChange(keys, {}, { add });
}

interface Spent {
  readonly siret: string;
  readonly paidOn: string;
  readonly scheme: string;
  readonly amountCents: number;
}

function spend({ programme, funder }: { programme: string; funder: string }, spent: Spent, sign: 1 | -1): Change {
  const cell = `spend.${spent.paidOn}.${fieldName(funder)}.${fieldName(spent.scheme)}`;
  const add = { [cell]: sign * spent.amountCents, [`spendLines.${spent.paidOn}`]: sign };
  return firmChange({ programme, siret: spent.siret }, {}, { add });
}

const SUMS: Sums = {
  'fr.gpect.consulting.session-recorded.v1': ({ data }) => [session(data, data, 1)],
  'fr.gpect.consulting.session-corrected.v1': ({ data }) => [session(data, data.was, -1), session(data, data, 1)],
  'fr.gpect.consulting.session-cancelled.v1': ({ data }) => [session(data, data.was, -1)],
  'fr.gpect.workshops.attendance-recorded.v1': ({ data: { programme, siret, heldOn, attendance } }) => [
    firmChange(
      { programme, siret },
      {},
      {
        add: { [`workshops.${heldOn}.invited`]: 1, [`workshops.${heldOn}.attended`]: attendance === 'PRESENT' ? 1 : 0 },
      },
    ),
  ],
  'fr.gpect.training-spend.spend-recorded.v1': ({ data }) => [spend(data, data, 1)],
  'fr.gpect.training-spend.spend-cancelled.v1': ({ data }) => [spend(data, data, -1)],
  'fr.gpect.training-spend.spend-lines-recorded.v1': ({ data }) => data.lines.map((line) => spend(data, line, 1)),
  'fr.gpect.training-spend.spend-lines-corrected.v1': ({ data }) =>
    data.lines.flatMap((line) => [spend(data, line.was, -1), spend(data, line, 1)]),
  'fr.gpect.training-spend.spend-lines-cancelled.v1': ({ data }) => data.lines.map((line) => spend(data, line, -1)),
};

export function sumsOf(event: RecordedEvent): readonly Change[] {
  // The key is the event's own type; the compiler cannot follow that through the map.
  const read = SUMS[event.type] as ((event: RecordedEvent) => Change[]) | undefined;
  return read?.(event) ?? [];
}
