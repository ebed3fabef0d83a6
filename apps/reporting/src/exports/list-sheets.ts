import { own } from '@gpect/domain-values/records';
import type { Bilan } from '../bilan/shape.js';
import { COUNTS } from '../figures/registry.js';
import { labelOf } from './labels.js';
import { day, measured, type Sheet, type SheetCell } from './sheet.js';
import { nameOfValue } from './value-names.js';
import { capital, type Told } from './words.js';

/** The lists of a bilan that its document shows in its chapters: one table each. */
export function listSheets(told: Told): Sheet[] {
  const { bilan, say, label, action } = told;
  return [
    ...(['theme', 'wave', 'region'] as const).map((dimension) => cutSheet(told, dimension)),
    originsSheet(told, say('Adhésions parmi les détectées (%)', 'Enrolled of detected (%)')),
    {
      title: say('Objectifs des actions', 'Objectives of the actions'),
      head: [
        say('Action', 'Action'),
        say('Objectif', 'Objective'),
        ...(['detected', 'enrolled', 'accompanied'] as const).map(label),
      ],
      rows: bilan.objectives.map(({ action: code, targetFirms, detected, enrolled, accompanied }) => [
        action(code),
        targetFirms,
        detected,
        enrolled,
        accompanied,
      ]),
    },
    phasesSheet(told, say('Phases des actions', 'Phases of the actions'), say('Prévue jusqu’au', 'Planned to')),
    decisionsSheet(told, say('Décisions en attente', 'Outstanding decisions')),
    projectsSheet(told, say('Projets des appels', 'Projects of the calls')),
  ];
}

/** How far firms came, by who detected them. @param share what the share that signed is called */
export function originsSheet({ bilan, language, say, label }: Told, share: string, origins = bilan.origins): Sheet {
  return {
    title: say('Par origine de la détection', 'By origin of the detection'),
    head: [
      say('Origine', 'Origin'),
      ...(['detected', 'qualified', 'enrolled', 'accompanied'] as const).map(label),
      share,
    ],
    rows: origins.map(({ origin, detected, qualified, enrolled, accompanied, enrolledShare }) => [
      origin === '' ? say('Non précisée', 'Not said') : capital(labelOf('ORIGINS', origin, language)),
      detected,
      qualified,
      enrolled,
      accompanied,
      measured(enrolledShare, 'share'),
    ]),
  };
}

/** How long each phase of each action was planned, and how long it took. @param to what the planned end is called */
export function phasesSheet({ bilan, language, say, action }: Told, title: string, to: string): Sheet {
  return {
    title,
    head: [
      say('Action', 'Action'),
      say('Phase', 'Phase'),
      say('Prévue du', 'Planned from'),
      to,
      say('Jours prévus', 'Days planned'),
      say('Commencée le', 'Started on'),
      say('Finie le', 'Ended on'),
      say('Jours', 'Days'),
    ],
    rows: bilan.phases.map((phase) => [
      action(phase.action),
      capital(labelOf('PHASES', phase.phase, language)),
      day(phase.plannedFrom),
      day(phase.plannedTo),
      phase.plannedDays ?? '',
      day(phase.startedOn),
      day(phase.endedOn),
      phase.days ?? '',
    ]),
  };
}

/** What steering committees decided that nobody has said to be done or dropped. */
export function decisionsSheet({ bilan, say, action }: Told, title: string): Sheet {
  return {
    title,
    head: [
      say('Action', 'Action'),
      say('Décision', 'Decision'),
      say('Qui', 'Who'),
      say('Prise le', 'Taken on'),
      say('Échéance', 'Due on'),
    ],
    rows: bilan.decisionsOutstanding.map(({ action: code, text, owner = '', heldOn, dueOn }) => [
      action(code),
      text,
      owner,
      day(heldOn),
      day(dueOn),
    ]),
  };
}

/** Projects of the calls beside what came of them. */
export function projectsSheet({ bilan, language, say, label }: Told, title: string): Sheet {
  return {
    title,
    head: [
      say('Projet', 'Project'),
      say('Note', 'Score'),
      say('Issue', 'Outcome'),
      say('Objectif', 'Objective'),
      label('enrolled'),
      label('accompanied'),
    ],
    rows: bilan.projects.map(({ name, score, outcome, targetFirms, enrolled, accompanied }): SheetCell[] => [
      name,
      score === undefined ? '' : Math.round(score),
      outcome ? labelOf('PROJECT_OUTCOMES', outcome, language) : '',
      targetFirms ?? '',
      enrolled === undefined ? '' : enrolled,
      accompanied === undefined ? '' : accompanied,
    ]),
  };
}

/** A row each of a dimension, a column each figure that knows it. */
function cutSheet({ bilan, language, names, say, label }: Told, dimension: 'theme' | 'wave' | 'region'): Sheet {
  const titles = {
    theme: say('Par thème', 'By theme'),
    wave: say('Par vague', 'By wave'),
    region: say('Par région', 'By region'),
  };
  const byCode: readonly (readonly [string, Bilan['cuts'][string][string]])[] = Object.entries(
    own(bilan.cuts, dimension) ?? {},
  ).filter(([code]) => code !== '');
  const ids = COUNTS.filter((id) => byCode.some(([, counts]) => own(counts, id) !== undefined));
  return {
    title: titles[dimension],
    head: [labelOf('AXES', dimension, language), ...ids.map(label)],
    rows: byCode.map(([code, counts]) => [
      capital(nameOfValue(dimension, code, names, language)),
      ...ids.map((id) => own(counts, id) ?? null),
    ]),
  };
}
