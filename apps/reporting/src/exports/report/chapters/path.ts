import { funnel } from '@gpect/drawings/funnel';
import { labelOf } from '../../labels.js';
import { measured } from '../../sheet.js';
import { capital, type Told } from '../../words.js';
import { written } from '../../written.js';
import { estimateBlocks } from '../estimate-blocks.js';
import { chapter, table } from '../report.js';
import { typeset } from '../typography.js';

/** Which firms were reached, and where the others were left. */
export function pathChapter(told: Told) {
  const { bilan, language, say, label } = told;
  const { figures } = bilan;
  const said = (count: number | null) => written(count, language);
  const text = (plain: string) => typeset(plain, language);
  const lost = [
    '',
    say(
      `${said(figures.ineligible)} non éligibles, ${said(figures.notMature)} à la maturité insuffisante`,
      `${said(figures.ineligible)} not eligible, ${said(figures.notMature)} not mature`,
    ),
    say(`${said(figures.declined)} refus`, `${said(figures.declined)} declined`),
    say(`${said(figures.abandoned)} abandons`, `${said(figures.abandoned)} abandoned`),
  ];
  const stages = (['detected', 'qualified', 'enrolled', 'accompanied'] as const).map((id, i) => ({
    label: text(label(id)),
    count: figures[id],
    lost: text(lost[i] ?? ''),
  }));
  return chapter(say('Le parcours des entreprises', 'The path of firms'), [
    {
      kind: 'text',
      text: say(
        `Des ${said(figures.detected)} entreprises repérées pour le dispositif (détectées), ${said(figures.qualified)} ont été qualifiées (éligibles, et d’une maturité suffisante), ${said(figures.enrolled)} ont signé leur convention et ${said(figures.accompanied)} ont été accompagnées jusqu’au terme.`,
        `Of ${said(figures.detected)} firms detected, ${said(figures.qualified)} were qualified, ${said(figures.enrolled)} signed their agreement and ${said(figures.accompanied)} were accompanied to the end.`,
      ),
    },
    {
      kind: 'drawing',
      drawing: funnel(
        stages,
        say('De la détection à la fin de l’accompagnement', 'From detection to the end'),
        language,
      ),
    },
    {
      kind: 'note',
      text: say(
        'En pourcentage : part de l’étape précédente. À droite : les entreprises qui n’ont pas poursuivi, et pourquoi.',
        'Percentages: share of the stage before. On the right: firms that did not go on, and why.',
      ),
    },
    {
      kind: 'text',
      text: say(
        `Le dispositif s’adresse d’abord aux petites entreprises : ${said(figures.under100)} adhérentes ont un effectif sous la cible, ${said(figures.over100)} l’atteignent ou la dépassent.`,
        `The programme is for small firms first: ${said(figures.under100)} firms enrolled are below the target headcount, ${said(figures.over100)} reach it or are above.`,
      ),
    },
    table({
      title: say('Par origine de la détection', 'By origin of the detection'),
      head: [
        say('Origine', 'Origin'),
        ...(['detected', 'qualified', 'enrolled', 'accompanied'] as const).map(label),
        say('Adhésions parmi les détectées', 'Enrolled of detected'),
      ],
      rows: bilan.origins
        .filter(({ origin, detected }) => origin !== '' || detected !== 0)
        .map(({ origin, detected, qualified, enrolled, accompanied, enrolledShare }) => [
          origin === '' ? say('Non précisée', 'Not said') : capital(labelOf('ORIGINS', origin, language)),
          detected,
          qualified,
          enrolled,
          accompanied,
          measured(enrolledShare, 'share'),
        ]),
    }),
    ...estimateBlocks(told, 'reach'),
  ]);
}
