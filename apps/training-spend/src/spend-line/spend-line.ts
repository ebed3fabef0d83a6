import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import { formatEuros } from '@gpect/domain-values/cents';
import { fail, ok } from '@gpect/domain-values/result';
import type { Aggregate, Decision } from '@gpect/service-kit/aggregate/aggregate';

export type SpendLine = EventDataByType['fr.gpect.training-spend.spend-recorded.v1'];

export interface RecordedLine extends SpendLine {
  readonly status: 'RECORDED' | 'CANCELLED';
}

/** What a line of a file asks for. */
export interface SpendCommand {
  readonly kind: 'record' | 'cancel';
  readonly line: SpendLine;
}

/** One line of spend, named by its funder's own reference. The same line again is a repeat, whatever became of it since. */
export const spendLine: Aggregate<RecordedLine | null, SpendCommand> = {
  collection: 'spend_lines',
  initial: null,
  decide: ({ kind, line }, state) => (kind === 'record' ? record(line, state) : cancel(line, state)),
  evolve: (state, event) => {
    switch (event.type) {
      case 'fr.gpect.training-spend.spend-recorded.v1':
        return { ...event.data, status: 'RECORDED' };
      case 'fr.gpect.training-spend.spend-cancelled.v1':
        return state && { ...state, status: 'CANCELLED' };
      default:
        return state;
    }
  },
};

function record(line: SpendLine, state: RecordedLine | null): Decision {
  if (!state) return ok([{ type: 'fr.gpect.training-spend.spend-recorded.v1', data: line }]);
  if (isDeepStrictEqual(contentOf(state), contentOf(line))) return ok([]);
  return fail({
    code: 'reference_differs',
    kind: 'transition',
    field: 'reference',
    state: state.status,
    allowed: ['cancel'],
    detail: `${line.reference} is recorded otherwise (${formatEuros(state.amountCents)} on ${state.paidOn}, ${state.file} line ${state.line}); give another line its own reference`,
  });
}

function cancel(line: SpendLine, state: RecordedLine | null): Decision {
  if (!state) {
    return fail({
      code: 'cancellation_without_original',
      kind: 'unknown',
      field: 'reference',
      detail: `${line.reference} was never recorded; send the line that this one takes back first`,
    });
  }
  if (state.status === 'CANCELLED') return ok([]);
  if (state.amountCents !== line.amountCents || state.siret !== line.siret) {
    return fail({
      code: 'cancellation_differs',
      kind: 'transition',
      field: 'amount',
      state: state.status,
      allowed: ['cancel'],
      detail: `${line.reference} was recorded with ${formatEuros(state.amountCents)} for ${state.siret}; cancel it with the same`,
    });
  }
  const { programme, funder, reference, siret, paidOn, scheme, amountCents } = state;
  return ok([
    {
      type: 'fr.gpect.training-spend.spend-cancelled.v1',
      data: { programme, funder, reference, siret, paidOn, scheme, amountCents, file: line.file, line: line.line },
    },
  ]);
}

/** What makes two lines the same, wherever they were read. */
function contentOf({ siret, paidOn, scheme, amountCents, hours, trainees }: SpendLine) {
  return { siret, paidOn, scheme, amountCents, hours, trainees };
}
