import { own } from '@gpect/domain-values/records';
import type { Bilan } from '../bilan/shape.js';
import { effectsShown } from './effects-shown.js';
import { type Language, labelOf } from './labels.js';
import { day, measured, points, type Sheet, type SheetCell } from './sheet.js';
import { capital, type Told } from './words.js';

/** What the survey of firms says, how it was drawn, what firms said in their words, and what OPCA see of practices. */
export function surveySheets(told: Told): Sheet[] {
  const { bilan, language, say } = told;
  const { survey, practices } = bilan;
  const shown = effectsShown(bilan);
  return [
    {
      title: say('Effets dans les entreprises', 'Effects in the firms'),
      head: [
        say('Question', 'Question'),
        say('Entreprises', 'Firms'),
        say('Oui avant (%)', 'Yes before (%)'),
        say('Oui après (%)', 'Yes after (%)'),
        say('Écart (points)', 'Difference (points)'),
        say('Intervalle à 95 %, de (points)', '95 % interval, from (points)'),
        say('à (points)', 'to (points)'),
        say('Toutes questions ensemble, de (points)', 'All questions together, from (points)'),
        say('à (points)', 'to (points)'),
      ],
      rows: shown.effects.map((e) => [
        capital(labelOf('QUESTIONS', e.question, language)),
        e.n,
        measured(e.before, 'share'),
        measured(e.after, 'share'),
        points(e.difference),
        points(e.low),
        points(e.high),
        points(e.together.low),
        points(e.together.high),
      ]),
      notes: [
        weightsSaid(shown.weighted, language),
        say(
          `« Toutes questions ensemble » : intervalle à 95 % pour les ${shown.effects.length} questions à la fois (Bonferroni), quels que soient les liens entre les réponses d’une même entreprise ; l’autre vaut pour une question regardée seule.`,
          `"All questions together": an interval at 95% for all ${shown.effects.length} questions at once (Bonferroni), whatever ties there are between answers of one firm; the other is of a question looked at alone.`,
        ),
      ],
    },
    trainingSheet(told),
    sampleSheet(survey, language),
    {
      title: say('Paroles d’entreprises', 'Words of firms'),
      head: [say('Thème', 'Theme'), say('Qui', 'Who'), say('Verbatim', 'Words')],
      rows: survey.verbatims.map(({ theme, by, text }) => [
        labelOf('VERBATIM_THEMES', theme, language),
        by ? labelOf('GROUPS', by, language) : '',
        text,
      ]),
    },
    practiceSheet(practices, language),
  ];
}

/** For whom the shares of answers speak. */
export const weightsSaid = (weighted: boolean, language: Language): string => {
  const [fr, en] = weighted
    ? [
        'Parts pondérées, pour toutes les entreprises accompagnées : voir les hypothèses de l’estimation.',
        'Weighted shares, of all accompanied firms: see the assumptions of the estimate.',
      ]
    : [
        'Parts des seules entreprises qui ont répondu, sans pondération.',
        'Shares of the firms that answered alone, not weighted.',
      ];
  return language === 'fr' ? fr : en;
};

/** Two questions, each with its before and after. */
export function trainingSheet({ bilan: { survey }, say, cell }: Told): Sheet {
  const { recourse, priority, notPairedFr, notPairedEn } = survey.training;
  const both = ({ before, after, of }: typeof recourse) => [before, after, of].map((count) => cell('survey', count));
  return {
    title: say('Recours et priorité à la formation', 'Recourse and priority to training'),
    head: [
      say('Question', 'Question'),
      say('Entreprises avant', 'Firms before'),
      say('Entreprises après', 'Firms after'),
      say('sur', 'of'),
    ],
    rows: [
      [say('Peu de recours et pas de politique', 'Little recourse and no policy'), ...both(recourse)],
      [say('La formation est une priorité', 'Training is a priority'), ...both(priority)],
    ],
    notes: [say(notPairedFr, notPairedEn)],
  };
}

/** How samples were drawn. */
export function sampleSheet(survey: Bilan['survey'], language: Language): Sheet {
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  return {
    title: say('Échantillons de l’enquête', 'Samples of the survey'),
    head: [
      say('Échantillon', 'Sample'),
      say('Vague', 'Wave'),
      say('Tiré le', 'Drawn on'),
      say('Base', 'Frame'),
      say('Tirées', 'Drawn'),
      say('Panel de', 'Panel of'),
    ],
    rows: survey.samples.map(({ sample, wave, drawnOn, frame, drawn, panelOf = '' }) => [
      sample,
      wave === 'BEFORE' ? say('avant', 'before') : say('après', 'after'),
      day(drawnOn),
      frame,
      drawn,
      panelOf,
    ]),
  };
}

/** What each OPCA sees, and all of them at least and at most. */
export function practiceSheet(practices: Bilan['practices'], language: Language): Sheet {
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const { byFunder, range, firmsSeenRange, noteFr, noteEn } = practices;
  const line = (
    label: string,
    of: (funder: (typeof byFunder)[number]) => number | null | undefined,
    all: typeof firmsSeenRange,
  ) => [
    label,
    ...byFunder.map((funder): SheetCell => {
      const firms = of(funder);
      return firms === undefined ? '' : firms;
    }),
    all.least,
    all.most,
  ];
  return {
    title: say('Pratiques de formation vues par les OPCA', 'Training practices as the OPCA see them'),
    head: [
      say('Entreprises', 'Firms'),
      ...byFunder.map(({ funder }) => labelOf('FUNDERS', funder, language)),
      say('ensemble, au moins', 'together, at least'),
      say('au plus', 'at most'),
    ],
    rows:
      practices.funders === 0
        ? []
        : [
            ...Object.entries(range).map(([practice, all]) =>
              line(labelOf('PRACTICES', practice, language), ({ firms }) => own(firms, practice), all),
            ),
            line(say('dont parle l’OPCA', 'that the OPCA speaks of'), ({ firmsSeen }) => firmsSeen, firmsSeenRange),
          ],
    notes: [say(noteFr, noteEn)],
  };
}
