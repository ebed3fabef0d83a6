import { valuesOf } from '@gpect/contracts/event-contracts';
import type { EventDataByType, Values } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { unreachable } from '@gpect/domain-values/unreachable';

type Published = EventDataByType['fr.gpect.evaluation.questionnaire-published.v1'];
export type Question = Published['questions'][number];
export type Wave = Values['Wave'];
export type FurtherAnswers = Readonly<Record<string, string | number>>;

/** A version of the questionnaire: what it asks beside the questions of version 1, which every version has. */
export interface Version {
  readonly version: number;
  readonly questions: readonly Question[];
  readonly appliesFrom?: CalendarDate;
  readonly reason?: string;
}

const score = (question: string, label: string, english: string, theme: Question['theme']): Question => ({
  question,
  label,
  english,
  kind: 'SCORE',
  theme,
  waves: ['BEFORE', 'AFTER'],
});
const trend = (question: string, label: string, english: string): Question => ({
  question,
  label,
  english,
  kind: 'CHOICE',
  theme: 'ECONOMIC',
  waves: ['AFTER'],
  choices: [...valuesOf('Trend')],
});

/** The nine questions that every firm is asked, 1 (no) to 5 (yes). Source: the sample programme; bilan 2007-2013, section 4. */
export const SCORED: readonly Question[] = [
  score('strategy_clear', 'La stratégie est-elle claire ?', 'Is the strategy clear?', 'STRATEGY'),
  score(
    'strategy_shared',
    'La stratégie est-elle partagée avec les salariés ?',
    'Is the strategy shared with employees?',
    'STRATEGY',
  ),
  score(
    'time_for_anticipation',
    "Consacrez-vous du temps à l'anticipation ?",
    'Do you take time to anticipate?',
    'STRATEGY',
  ),
  score('information_flows', "L'information circule-t-elle ?", 'Does information flow?', 'ORGANISATION'),
  score('roles_clear', 'Les rôles et missions sont-ils clairs ?', 'Are roles clear?', 'ORGANISATION'),
  score('social_climate', 'Le climat social est-il bon ?', 'Is the social climate good?', 'SOCIAL'),
  score(
    'staff_representation_dialogue',
    'Le dialogue avec la représentation du personnel est-il installé ?',
    'Is there a dialogue with staff representatives?',
    'SOCIAL',
  ),
  score('training_priority', 'La formation est-elle une priorité ?', 'Is training a priority?', 'TRAINING'),
  score(
    'training_policy_exists',
    'Une politique de formation existe-t-elle ?',
    'Is there a training policy?',
    'TRAINING',
  ),
];

/** Asked after the accompaniment. */
export const TRENDS: readonly Question[] = [
  trend('activity', "Comment l'activité a-t-elle évolué ?", 'How did activity change?'),
  trend('profitability', 'Comment la rentabilité a-t-elle évolué ?', 'How did profitability change?'),
  trend('client_portfolio', 'Comment le portefeuille client a-t-il évolué ?', 'How did the client portfolio change?'),
  trend('quality', 'Comment la qualité a-t-elle évolué ?', 'How did quality change?'),
];

export const FIRST: Version = { version: 1, questions: [] };

/** The version that a firm asked on a day is asked by. */
export function versionOn(versions: readonly Version[], on: CalendarDate): Version {
  return versions.findLast((v) => (v.appliesFrom ?? '') <= on) ?? FIRST;
}

/** What a version asks in a wave beside the questions of version 1. */
export function furtherQuestions({ questions }: Version, wave: Wave): readonly Question[] {
  return questions.filter((q) => q.waves.includes(wave));
}

/** Why an answer to an added question cannot be; undefined where it can. Pure. */
export function misfit({ kind, choices = [] }: Question, answer: string | number): string | undefined {
  switch (kind) {
    case 'SCORE':
      return Number.isInteger(answer) && Number(answer) >= 1 && Number(answer) <= 5
        ? undefined
        : 'give 1 (no) to 5 (yes)';
    case 'NUMBER':
      return typeof answer === 'number' ? undefined : 'give a number';
    case 'CHOICE':
      return choices.includes(String(answer)) ? undefined : `give one of ${choices.join(', ')}`;
    case 'TEXT':
      return typeof answer === 'string' ? undefined : 'give a text';
    default:
      return unreachable(kind satisfies never);
  }
}
