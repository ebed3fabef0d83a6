import { SECRECY_RULE, WITHOUT_SECRECY } from '../../secrecy/rule.js';
import { type EffectShown, effectsShown } from '../effects-shown.js';
import { type Language, labelOf } from '../labels.js';
import type { Names } from '../names.js';
import { measured, points, type SheetCell, SIGNS } from '../sheet.js';
import { nameOfValue } from '../value-names.js';
import { capital, type Told } from '../words.js';
import { decimalsOf, written, writtenDay } from '../written.js';
import type { KeyFigure, Report } from './report.js';

/** Of what the bilan is: its period, its part, the day it counts to, its release. */
export function saidOf({ bilan, language, say, names }: Told): string[] {
  const { programme, scope, release } = bilan;
  const { asOf, ...at } = scope;
  const written = (iso: string) => writtenDay(iso, language);
  return [
    say(
      `Du ${written(programme.opensOn)} au ${written(programme.closesOn)}`,
      `From ${written(programme.opensOn)} to ${written(programme.closesOn)}`,
    ),
    ...partsSaid(at, names, language),
    ...(asOf ? [say(`Situation au ${written(asOf)}`, `As of ${written(asOf)}`)] : []),
    ...(release
      ? [say(`Chiffres publiés le ${written(release.date)}`, `Figures released on ${written(release.date)}`)]
      : []),
  ];
}

/** Of which part: `Thème : compétences`. */
export const partsSaid = (at: Readonly<Record<string, unknown>>, names: Names, language: Language): string[] =>
  Object.entries(at).map(([name, code]) => {
    const value = nameOfValue(name, String(code), names, language);
    return `${labelOf('AXES', name, language)}${language === 'fr' ? ' : ' : ': '}${value}`;
  });

/** What its readers may do with it, and what they do not see. */
export function sightOf({ bilan, language, say }: Told): Report['sight'] {
  return bilan.secrecy === 'applied'
    ? {
        cover: SECRECY_RULE[language],
        foot: SIGNS[language],
      }
    : {
        cover: WITHOUT_SECRECY[language],
        foot: say('Sans secret statistique : à ne pas diffuser', 'Without statistical secrecy: not for publication'),
      };
}

/** The figures that matter, those that there are: what was reached, what was done, what changed. */
export function keyFiguresOf(told: Told): KeyFigure[] {
  const { bilan, language, say } = told;
  const { figures, estimates, details } = bilan;
  const target = bilan.objectives.length > 0 ? details['targetFirms']?.value : undefined;
  const said = (cell: SheetCell) => written(cell, language, decimalsOf([cell]));
  // Of several questions the one that moved most is chosen by an interval that holds for all of them at once.
  const [largest] = effectsShown(bilan)
    .effects.filter(({ together: { low }, difference }) => low !== null && low > 0 && difference !== null)
    .sort((x, y) => (y.difference ?? 0) - (x.difference ?? 0));
  const spend = estimates.find(({ id }) => id === 'spendChange');
  const change = spend?.values.find(({ name }) => name === 'change');
  const rate =
    figures.invited && figures.attended !== null
      ? { value: figures.attended / figures.invited, as: 'share' as const }
      : null;
  const all = [
    {
      of: figures.accompanied,
      value: said(figures.accompanied),
      label: say(
        `entreprises accompagnées jusqu’au terme${target ? `, pour un objectif de ${said(target)}` : ''}`,
        `firms accompanied to the end${target ? `, of ${said(target)} aimed at` : ''}`,
      ),
    },
    {
      of: figures.enrolled,
      value: said(figures.enrolled),
      label: say(
        `entreprises adhérentes, sur ${said(figures.detected)} repérées pour le dispositif et ${said(figures.qualified)} qualifiées`,
        `firms enrolled, of ${said(figures.detected)} detected and ${said(figures.qualified)} qualified`,
      ),
    },
    {
      of: figures.halfDays,
      value: said(figures.halfDays),
      label: say(
        `demi-journées de conseil (séances dans les entreprises : ${said(figures.sessions)})`,
        `half-days of consulting (sessions in firms: ${said(figures.sessions)})`,
      ),
    },
    {
      of: figures.workshops,
      value: said(figures.workshops),
      label: say(
        `animations collectives${rate ? ` ; présence à ${said(rate)} des invitations à issue connue` : ''}`,
        `workshops${rate ? `; ${said(rate)} of invitations with a known outcome were attended` : ''}`,
      ),
    },
  ];
  return [
    // What is masked is not what a cover shows.
    ...all.filter(({ of }) => of !== null).map(({ value, label }) => ({ value, label })),
    ...(largest ? [effectFigure(largest, told)] : []),
    ...(change && change.value !== null
      ? [
          {
            value: said({ value: change.value, as: 'change' }),
            label: say(
              `de dépenses de formation, des 12 mois d’avant aux 12 mois d’après${spend?.n === null || spend?.n === undefined ? '' : ` (entreprises comparées : ${said(spend.n)})`} : une évolution, non un effet${incompleteOf(told, 'spendChange')}`,
              `of training spend, from the 12 months before to the 12 months after${spend?.n === null || spend?.n === undefined ? '' : ` (firms compared: ${said(spend.n)})`}: a change, not an effect${incompleteOf(told, 'spendChange')}`,
            ),
          },
        ]
      : []),
  ];
}

/** What a cover says of an estimate that is incomplete; its chapter says why. */
function incompleteOf({ bilan, say }: Told, id: string): string {
  const isIncomplete = bilan.estimates.some((estimate) => estimate.id === id && estimate.status === 'INCOMPLETE');
  return isIncomplete ? say(' – estimation incomplète', ' – an incomplete estimate') : '';
}

function effectFigure({ question, n, before, after, difference, together }: EffectShown, told: Told): KeyFigure {
  const { bilan, language, say } = told;
  const incomplete = effectsShown(bilan).weighted ? incompleteOf(told, 'surveyEffects') : '';
  const shares = [before, after].map((value) => measured(value, 'share'));
  const differences = [difference, together.low, together.high].map(points);
  const decimals = decimalsOf([...shares, ...differences]);
  const [from, to] = shares.map((cell) => written(cell, language, decimals));
  const [moved = '', low, high] = differences.map((cell) => written(cell, language, decimals));
  const answers = written(n, language);
  const label = capital(labelOf('QUESTIONS', question, language));
  return {
    value: `${moved} points`,
    label: say(
      `${label} : oui de ${from} à ${to}, le plus grand écart de l’enquête (${answers} réponses ; intervalle à 95 % pour toutes les questions : ${low} à ${high})${incomplete}`,
      `${label}: yes from ${from} to ${to}, the largest difference in the survey (${answers} answers; 95% interval for all questions: ${low} to ${high})${incomplete}`,
    ),
  };
}
