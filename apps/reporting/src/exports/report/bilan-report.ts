import { detailSheet } from '../detail-sheet.js';
import { nullIn } from '../sheet.js';
import type { Told } from '../words.js';
import { actorsChapter } from './chapters/actors.js';
import { effectsChapter } from './chapters/effects.js';
import { definitionsAnnex, drawingsAnnex, methodChapter, phasesAnnex, provenanceAnnex } from './chapters/method.js';
import { pathChapter } from './chapters/path.js';
import { spendChapter } from './chapters/spend.js';
import { supportChapter } from './chapters/support.js';
import { territoriesChapter } from './chapters/territories.js';
import { keyFiguresOf, saidOf, sightOf } from './cover.js';
import { type Block, chapter, type Report, table } from './report.js';
import { toldAlone } from './told-blocks.js';

/** The bilan as a committee reads it. */
export function bilanReport(told: Told, title: string): Report {
  const { language, say, bilan } = told;
  const all = [
    ...pathChapter(told),
    ...territoriesChapter(told),
    ...supportChapter(told),
    ...effectsChapter(told),
    ...spendChapter(told),
    ...actorsChapter(told),
    ...chapter(say('Autres indicateurs', 'Other indicators'), [others(told)]),
    ...methodChapter(told),
  ];
  const chapters = toldAlone(all, told);
  return {
    language,
    title,
    of: saidOf(told),
    sight: sightOf(told),
    nulls: nullIn(bilan.secrecy),
    figures: keyFiguresOf(told),
    chapters,
    annexes: [
      ...drawingsAnnex(told, chapters),
      ...phasesAnnex(told),
      ...definitionsAnnex(told),
      ...provenanceAnnex(told),
    ],
  };
}

/** Of these, chapters tell more: objectives are drawn, platforms are named. */
const TOLD_IN_CHAPTERS = new Set(['targetFirms', 'platforms']);

function others(told: Told): Block | undefined {
  const { bilan } = told;
  const details = Object.fromEntries(Object.entries(bilan.details).filter(([id]) => !TOLD_IN_CHAPTERS.has(id)));
  return table({ ...detailSheet({ ...told, bilan: { ...bilan, details } }), title: '' });
}
