import { funnel } from '@gpect/drawings/funnel';
import { typeset } from '@gpect/typesetting/typography';
import { originsSheet } from '../../list-sheets.js';
import { nullIn } from '../../sheet.js';
import type { Told } from '../../words.js';
import { written } from '../../written.js';
import { estimateBlocks } from '../estimate-blocks.js';
import { chapter, table } from '../report.js';

/** Which firms were reached, and where the others were left. */
export function pathChapter(told: Told) {
  const { bilan, language, say, label } = told;
  const { figures } = bilan;
  if (!told.isCounted('detected')) return notCounted(told);
  const said = (count: number | null) => written(count ?? nullIn(bilan.secrecy), language);
  const text = (plain: string) => typeset(plain, language);
  const lost = [
    '',
    say(
      `Non éligibles : ${said(figures.ineligible)} ;\nmaturité insuffisante : ${said(figures.notMature)}`,
      `Not eligible: ${said(figures.ineligible)};\nnot mature: ${said(figures.notMature)}`,
    ),
    say(`Refus : ${said(figures.declined)}`, `Declined: ${said(figures.declined)}`),
    say(`Abandons : ${said(figures.abandoned)}`, `Abandoned: ${said(figures.abandoned)}`),
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
        `Entreprises repérées pour le dispositif (détectées) : ${said(figures.detected)} ; qualifiées, c’est-à-dire éligibles et d’une maturité suffisante : ${said(figures.qualified)} ; adhérentes, qui ont signé leur convention : ${said(figures.enrolled)} ; accompagnées jusqu’au terme : ${said(figures.accompanied)}.`,
        `Firms detected: ${said(figures.detected)}; qualified: ${said(figures.qualified)}; enrolled, which signed their agreement: ${said(figures.enrolled)}; accompanied to the end: ${said(figures.accompanied)}.`,
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
        `Le dispositif s’adresse d’abord aux petites entreprises. Adhérentes dont l’effectif est sous la cible : ${said(figures.under100)} ; à la cible ou au-dessus : ${said(figures.over100)}.`,
        `The programme is for small firms first. Enrolled below the target headcount: ${said(figures.under100)}; at it or above: ${said(figures.over100)}.`,
      ),
    },
    table(
      originsSheet(
        told,
        say('Adhésions parmi les détectées', 'Enrolled of detected'),
        bilan.origins.filter(({ origin, detected }) => origin !== '' || detected !== 0),
      ),
    ),
    ...estimateBlocks(told, 'reach'),
  ]);
}

/** Of a theme: firms and what became of them have none. */
function notCounted(told: Told) {
  const { say } = told;
  return chapter(say('Le parcours des entreprises', 'The path of firms'), [
    {
      kind: 'note',
      text: say(
        'Non compté dans cette partie : rien ne dit de quel thème seraient une entreprise repérée, son adhésion ou la fin de son accompagnement.',
        'Not counted in this part: nothing says of which theme a firm detected, its enrolment or its completion would be.',
      ),
    },
    ...estimateBlocks(told, 'reach'),
  ]);
}
