import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok } from '@gpect/domain-values/result';
import { unreachable } from '@gpect/domain-values/unreachable';
import type { Aggregate, DecisionOf } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture } from '@gpect/service-kit/aggregate/refusals';
import type { Wave } from '../questionnaire/questions.js';
import { type AnswerCommand, type Answers, answerSurvey, NOT_ASKED, type Partly } from './answering.js';
import { decideVerbatim, type Verbatim, type VerbatimCommand } from './verbatims.js';

type Decision = DecisionOf<'evaluation/survey'>;

type Requested = EventDataByType['fr.gpect.evaluation.survey-requested.v1'];

export interface AskedWave {
  readonly requestedOn: CalendarDate;
  readonly answer?: Answers;
  readonly questionnaire?: number;
  /** What was answered so far, where something is missing. */
  readonly partly?: Partly;
  /** The sample that the firm was drawn into, and when. */
  readonly sample?: string;
  readonly sampledOn?: CalendarDate;
  /** Days of the reminders. */
  readonly reminders?: readonly CalendarDate[];
}

export interface Survey {
  readonly programme: string;
  readonly action: string;
  readonly basin: string;
  readonly siret: string;
  /** Whether evaluators may see the firm's name beside its answers. */
  readonly named?: boolean;
  readonly namingAgreedOn?: CalendarDate;
  readonly waves: Readonly<Partial<Record<Wave, AskedWave>>>;
  /** Each once, as it was last recorded. */
  readonly verbatims?: readonly Verbatim[];
}

export type SurveyCommand =
  | { readonly kind: 'request'; readonly request: Requested }
  | AnswerCommand
  | VerbatimCommand
  | { readonly kind: 'name'; readonly named: boolean; readonly agreedOn: CalendarDate; readonly today: CalendarDate }
  | { readonly kind: 'sample'; readonly wave: Wave; readonly sample: string; readonly sampledOn: CalendarDate }
  /** `number`: which reminder is due; nothing where the firm has answered or had it. */
  | { readonly kind: 'remind'; readonly wave: Wave; readonly number: number; readonly today: CalendarDate };

/** What one firm was asked, before and after its accompaniment, and what it answered. */
export const survey: Aggregate<'evaluation/survey', Survey | null, SurveyCommand> = {
  collection: 'surveys',
  initial: null,
  decide: (command, state) => {
    switch (command.kind) {
      case 'request':
        return state?.waves[command.request.wave]
          ? ok([])
          : ok([{ type: 'fr.gpect.evaluation.survey-requested.v1', data: command.request }]);
      case 'answer':
      case 'answer-in-part':
        return answerSurvey(command, state);
      case 'name':
        return name(command, state);
      case 'sample':
        return sample(command, state);
      case 'remind':
        return remind(command, state);
      case 'say':
      case 'consent':
        return decideVerbatim(command, state);
      default:
        return unreachable(command satisfies never);
    }
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'fr.gpect.evaluation.survey-requested.v1': {
        const { programme, action, basin, siret, wave, requestedOn } = event.data;
        return { ...state, programme, action, basin, siret, waves: { ...state?.waves, [wave]: { requestedOn } } };
      }
      case 'fr.gpect.evaluation.survey-answered.v1': {
        const { programme: _p, action: _a, basin: _b, siret: _s, wave, questionnaire, ...answer } = event.data;
        return changed(state, wave, ({ partly: _partly, ...asked }) => ({ ...asked, answer, questionnaire }));
      }
      case 'fr.gpect.evaluation.survey-partly-answered.v1': {
        const { programme: _p, action: _a, basin: _b, siret: _s, wave, questionnaire, ...partly } = event.data;
        return changed(state, wave, (asked) => ({ ...asked, partly, questionnaire }));
      }
      case 'fr.gpect.evaluation.survey-naming-agreed.v1':
        return state && { ...state, named: event.data.named, namingAgreedOn: event.data.agreedOn };
      case 'fr.gpect.evaluation.survey-sampled.v1': {
        const { wave, sample: code, sampledOn } = event.data;
        return changed(state, wave, (asked) => ({ ...asked, sample: code, sampledOn }));
      }
      case 'fr.gpect.evaluation.survey-reminder-due.v1': {
        const { wave, remindedOn } = event.data;
        return changed(state, wave, (asked) => ({ ...asked, reminders: [...(asked.reminders ?? []), remindedOn] }));
      }
      case 'fr.gpect.evaluation.survey-verbatim-recorded.v1': {
        const { programme: _p, action: _a, basin: _b, siret: _s, ...said } = event.data;
        const others = state?.verbatims?.filter(({ verbatim }) => verbatim !== said.verbatim) ?? [];
        return state && { ...state, verbatims: [...others, said] };
      }
      default:
        return unreachable(event satisfies never);
    }
  },
};

function changed(state: Survey | null, wave: Wave, change: (asked: AskedWave) => AskedWave): Survey | null {
  const asked = state?.waves[wave];
  return state && asked ? { ...state, waves: { ...state.waves, [wave]: change(asked) } } : state;
}

function name({ named, agreedOn, today }: SurveyCommand & { kind: 'name' }, state: Survey | null): Decision {
  if (!state) return fail(NOT_ASKED);
  if (state.named === named && state.namingAgreedOn === agreedOn) return ok([]);
  if (agreedOn > today) return fail(inFuture('agreedOn', agreedOn, 'give the day on which the firm said so'));
  return ok([{ type: 'fr.gpect.evaluation.survey-naming-agreed.v1', data: { ...keysOf(state), named, agreedOn } }]);
}

/** Drawn from the firms that were asked; drawn again by the same sample, nothing happens. */
function sample({ wave, sample: code, sampledOn }: SurveyCommand & { kind: 'sample' }, state: Survey | null): Decision {
  const asked = state?.waves[wave];
  if (!state || !asked || asked.sample === code) return ok([]);
  const data = { ...keysOf(state), wave, sample: code, sampledOn };
  return ok([{ type: 'fr.gpect.evaluation.survey-sampled.v1', data }]);
}

function remind({ wave, number, today }: SurveyCommand & { kind: 'remind' }, state: Survey | null): Decision {
  const asked = state?.waves[wave];
  if (!state || !asked?.sample || asked.answer || (asked.reminders?.length ?? 0) >= number) return ok([]);
  const data = { ...keysOf(state), wave, sample: asked.sample, number, remindedOn: today };
  return ok([{ type: 'fr.gpect.evaluation.survey-reminder-due.v1', data }]);
}

const keysOf = ({ programme, action, basin, siret }: Survey) => ({ programme, action, basin, siret });
