import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { fail, ok } from '@gpect/domain-values/result';
import type { Aggregate, DecisionOf } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture, saidOtherwise, tooEarly } from '@gpect/service-kit/aggregate/refusals';
import { ALGORITHM, type Stratum } from './draw.js';

type Decision = DecisionOf<'evaluation/survey sample'>;

export type Sample = EventDataByType['fr.gpect.evaluation.survey-sample-drawn.v1'];
/** What was asked for. */
export type Asked = Pick<
  Sample,
  'programme' | 'sample' | 'wave' | 'method' | 'fraction' | 'seed' | 'frameOn' | 'remindAfterDays'
>;

export interface DrawSample {
  readonly kind: 'draw';
  readonly asked: Asked;
  readonly frame: number;
  /** SHA-256 of the frame's SIRETs, sorted, a line each. */
  readonly frameHash: string;
  readonly drawn: number;
  readonly strata: readonly Stratum[];
  readonly drawnOn: CalendarDate;
  readonly today: CalendarDate;
}

export const sampleId = (programme: string, code: string) => inProgramme(programme, 'samples', code);

/** A sample of firms, with all that is needed to draw it again. */
export const sample: Aggregate<'evaluation/survey sample', Sample | null, DrawSample> = {
  collection: 'survey_samples',
  initial: null,
  decide: (command, state) => {
    const unfit = state ? repeated(command.asked, state) : unfitDraw(command);
    if (unfit) return unfit;
    const { asked, frame, frameHash, drawn, strata, drawnOn } = command;
    return ok([
      {
        type: 'fr.gpect.evaluation.survey-sample-drawn.v1',
        data: {
          ...asked,
          algorithm: ALGORITHM[asked.method],
          frame,
          frameHash,
          drawn,
          strata: [...strata],
          drawnOn,
        },
      },
    ]);
  },
  evolve: (_state, event) => event.data,
};

/** A sample is drawn once: asked for again as it is, it stays; firms that came since are for another sample. */
function repeated(asked: Asked, state: Sample): Decision {
  const { programme, sample: code, wave, method, fraction, seed, frameOn, remindAfterDays } = state;
  const before: Asked = {
    programme,
    sample: code,
    wave,
    method,
    ...(fraction === undefined ? {} : { fraction }),
    ...(seed === undefined ? {} : { seed }),
    frameOn,
    ...(remindAfterDays ? { remindAfterDays } : {}),
  };
  if (isDeepStrictEqual(before, { ...asked })) return ok([]);
  return fail(saidOtherwise('sample', asked.sample, { state: 'DRAWN', allowed: [] }));
}

function unfitDraw({ asked, frame, drawnOn, today }: DrawSample): Decision | undefined {
  const { method, fraction, seed, frameOn, wave } = asked;
  const stated = fraction !== undefined && seed !== undefined;
  if (method === 'STRATIFIED' ? !stated : fraction !== undefined || seed !== undefined)
    return fail({
      code: 'method_unclear',
      kind: 'rule',
      field: method === 'STRATIFIED' && seed === undefined ? 'seed' : 'fraction',
      detail: 'STRATIFIED is drawn by a fraction and a seed; ALL has neither',
    });
  if (frameOn > today) return fail(inFuture('frameOn', frameOn, 'the frame is the firms of a day that has come'));
  if (drawnOn > today) return fail(inFuture('drawnOn', drawnOn, 'give the day on which it was drawn'));
  if (drawnOn < frameOn) return fail(tooEarly('drawnOn', drawnOn, `the day of the frame, ${frameOn}`));
  if (frame > 0) return undefined;
  const event = wave === 'BEFORE' ? 'enrolled' : 'completed';
  return fail({
    code: 'frame_empty',
    kind: 'rule',
    field: 'frameOn',
    value: frameOn,
    detail: `no firm was ${event} by ${frameOn}; there is nobody to draw`,
  });
}
