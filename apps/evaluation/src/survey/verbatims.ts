import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok } from '@gpect/domain-values/result';
import type { DecisionOf } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture, notKnown, saidOtherwise, tooEarly } from '@gpect/service-kit/aggregate/refusals';
import { NOT_ASKED } from './answering.js';

type Recorded = EventDataByType['fr.gpect.evaluation.survey-verbatim-recorded.v1'];

/** What somebody of a firm said, in his words, and whether it may be published without the firm's name. */
export type Verbatim = Omit<Recorded, 'programme' | 'action' | 'basin' | 'siret'>;

export type VerbatimCommand =
  | { readonly kind: 'say'; readonly verbatim: Verbatim; readonly today: CalendarDate }
  | {
      readonly kind: 'consent';
      readonly verbatim: string;
      readonly consented: boolean;
      readonly consentedOn: CalendarDate;
      readonly today: CalendarDate;
    };

/** What these decisions look at of a survey. */
interface Asked extends Pick<Recorded, 'programme' | 'action' | 'basin' | 'siret'> {
  readonly verbatims?: readonly Verbatim[];
}

/** Words are recorded once; whether they may be published, the firm may say again, and its later day holds. */
export function decideVerbatim(command: VerbatimCommand, state: Asked | null): DecisionOf<'evaluation/survey'> {
  if (!state) return fail(NOT_ASKED);
  const number = command.kind === 'say' ? command.verbatim.verbatim : command.verbatim;
  const known = state.verbatims?.find(({ verbatim }) => verbatim === number);
  if (command.kind === 'consent' && !known)
    return fail(notKnown('verbatim', number, 'nothing of this firm was recorded under this number'));
  const { consented, consentedOn } = command.kind === 'say' ? command.verbatim : command;
  const said = command.kind === 'say' ? command.verbatim : { ...(known as Verbatim), consented, consentedOn };
  if (known && isDeepStrictEqual({ ...known }, { ...said })) return ok([]);
  if (known && command.kind === 'say')
    return fail(saidOtherwise('verbatim', number, { state: 'RECORDED', allowed: ['consent'] }));
  const { today } = command;
  if (said.saidOn > today) return fail(inFuture('saidOn', said.saidOn, 'give the day on which it was said'));
  if (consentedOn > today) return fail(inFuture('consentedOn', consentedOn, 'give the day on which the firm said so'));
  if (known && consentedOn < known.consentedOn)
    return fail(tooEarly('consentedOn', consentedOn, `what the firm said last, on ${known.consentedOn}`));
  const { programme, action, basin, siret } = state;
  return ok([
    { type: 'fr.gpect.evaluation.survey-verbatim-recorded.v1', data: { programme, action, basin, siret, ...said } },
  ]);
}
