import { SECRECY_RULE, WITHOUT_SECRECY } from '../../secrecy/rule.js';
import { labelOf } from '../labels.js';
import type { SheetCell } from '../sheet.js';
import { capital, type Told } from '../words.js';
import { written, writtenDay } from '../written.js';
import type { KeyFigure, Report } from './report.js';

/** Of what the bilan is: its period, its part, the day it counts to, its release. */
export function saidOf({ bilan, language, say, action, basin }: Told): string[] {
  const { programme, scope, release } = bilan;
  const { asOf, ...at } = scope;
  const written = (iso: string) => writtenDay(iso, language);
  const parts = Object.entries(at).map(([name, code]) => {
    const value = name === 'action' ? action(String(code)) : name === 'basin' ? basin(String(code)) : String(code);
    return `${labelOf('AXES', name, language)}${say(' : ', ': ')}${name === 'section' ? labelOf('SECTIONS', value, language) : value}`;
  });
  return [
    say(
      `Du ${written(programme.opensOn)} au ${written(programme.closesOn)}`,
      `From ${written(programme.opensOn)} to ${written(programme.closesOn)}`,
    ),
    ...parts,
    ...(asOf ? [say(`Situation au ${written(asOf)}`, `As of ${written(asOf)}`)] : []),
    ...(release
      ? [say(`Chiffres publiés le ${written(release.date)}`, `Figures released on ${written(release.date)}`)]
      : []),
  ];
}

/** What its readers may do with it, and what they do not see. */
export function sightOf({ bilan, language, say }: Told): Report['sight'] {
  return bilan.secrecy === 'applied'
    ? {
        cover: SECRECY_RULE[language],
        foot: say('s : nombre masqué par le secret statistique', 's: number masked by statistical secrecy'),
      }
    : {
        cover: WITHOUT_SECRECY[language],
        foot: say('Sans secret statistique : à ne pas diffuser', 'Without statistical secrecy: not for publication'),
      };
}

/** The figures that matter, those that there are: what was reached, what was done, what changed. */
export function keyFiguresOf({ bilan, language, say }: Told): KeyFigure[] {
  const { figures, survey, estimates, details } = bilan;
  const target = details['targetFirms']?.value;
  const said = (cell: SheetCell) => written(cell, language);
  const [largest] = survey.effects
    .filter(({ low, difference }) => low !== null && low > 0 && difference !== null)
    .sort((a, b) => (b.difference ?? 0) - (a.difference ?? 0));
  const spend = estimates.find(({ id }) => id === 'spendChange');
  const change = spend?.values.find(({ name }) => name === 'change');
  const rate =
    figures.invited && figures.attended !== null
      ? { value: figures.attended / figures.invited, as: 'share' as const }
      : null;
  return [
    {
      value: said(figures.accompanied),
      label: say(
        `entreprises accompagnées jusqu’au terme${target ? `, pour un objectif de ${said(target)}` : ''}`,
        `firms accompanied to the end${target ? `, of ${said(target)} aimed at` : ''}`,
      ),
    },
    {
      value: said(figures.enrolled),
      label: say(
        `entreprises adhérentes, sur ${said(figures.detected)} repérées pour le dispositif et ${said(figures.qualified)} qualifiées`,
        `firms enrolled, of ${said(figures.detected)} detected and ${said(figures.qualified)} qualified`,
      ),
    },
    {
      value: said(figures.halfDays),
      label: say(
        `demi-journées de conseil, en ${said(figures.sessions)} séances dans les entreprises`,
        `half-days of consulting, in ${said(figures.sessions)} sessions in firms`,
      ),
    },
    {
      value: said(figures.workshops),
      label: say(
        `animations collectives${rate ? ` ; présence à ${said(rate)} des invitations à issue connue` : ''}`,
        `workshops${rate ? `; ${said(rate)} of invitations with a known outcome were attended` : ''}`,
      ),
    },
    ...(largest
      ? [
          {
            value: say(
              `${said({ value: (largest.difference ?? 0) * 100, as: 'points' })} points`,
              `${said({ value: (largest.difference ?? 0) * 100, as: 'points' })} points`,
            ),
            label: say(
              `${capital(labelOf('QUESTIONS', largest.question, language))} : le plus grand écart de l’enquête, de ${said({ value: largest.before ?? 0, as: 'share' })} à ${said({ value: largest.after ?? 0, as: 'share' })} des entreprises`,
              `${capital(labelOf('QUESTIONS', largest.question, language))}: the largest difference in the survey, from ${said({ value: largest.before ?? 0, as: 'share' })} to ${said({ value: largest.after ?? 0, as: 'share' })} of firms`,
            ),
          },
        ]
      : []),
    ...(change && change.value !== null
      ? [
          {
            value: said({ value: change.value, as: 'change' }),
            label: say(
              `de dépenses de formation, des 12 mois d’avant aux 12 mois d’après${spend?.n === null || spend?.n === undefined ? '' : `, dans ${said(spend.n)} entreprises`} : une évolution, non un effet`,
              `of training spend, from the 12 months before to the 12 months after${spend?.n === null || spend?.n === undefined ? '' : `, in ${said(spend.n)} firms`}: a change, not an effect`,
            ),
          },
        ]
      : []),
  ];
}
