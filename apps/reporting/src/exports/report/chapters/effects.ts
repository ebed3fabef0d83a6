import { effects } from '@gpect/drawings/effects';
import { typeset } from '@gpect/typesetting/typography';
import { effectsShown } from '../../effects-shown.js';
import { incompleteSaid } from '../../estimate-sheet.js';
import { labelOf } from '../../labels.js';
import { practiceSheet, sampleSheet, trainingSheet, weightsSaid } from '../../survey-sheets.js';
import { capital, type Told } from '../../words.js';
import { written } from '../../written.js';
import { estimateBlocks } from '../estimate-blocks.js';
import { type Block, chapter, table } from '../report.js';

/** What firms say changed, before against after, and what OPCA see. */
export function effectsChapter(told: Told) {
  const { bilan, language, say } = told;
  const { survey } = bilan;
  return chapter(say('Les effets dans les entreprises', 'The effects in firms'), [
    ...(survey.effects.length > 0 ? dumbbell(told) : []),
    table({
      title: say('Évolution économique déclarée par les entreprises', 'Economic trends as firms declare them'),
      head: ['', say('En hausse', 'Up'), say('Stable', 'Stable'), say('En baisse', 'Down')],
      rows: Object.entries(survey.trends).map(([name, { UP, STABLE, DOWN }]) => [
        capital(labelOf('TRENDS', name, language)),
        UP,
        STABLE,
        DOWN,
      ]),
    }),
    ...quotes(told),
    survey.firms === 0 || !told.isCounted('survey') ? undefined : table(trainingSheet(told)),
    table(practiceSheet(bilan.practices, language)),
    table(sampleSheet(survey, language)),
    ...estimateBlocks(told, 'effects'),
  ]);
}

function dumbbell(told: Told): Block[] {
  const { bilan, language, say } = told;
  const { survey } = bilan;
  const { weighted, effects: shown } = effectsShown(bilan);
  const said = (count: number | null) => written(count, language);
  const estimate = weighted ? bilan.estimates.find(({ id }) => id === 'surveyEffects') : undefined;
  const reason = estimate ? incompleteSaid(estimate, language) : undefined;
  const incomplete = reason ? `${reason} ` : '';
  const drawing = effects(
    shown.map((effect) => ({
      ...effect,
      label: typeset(capital(labelOf('QUESTIONS', effect.question, language)), language),
    })),
    say(
      'Part des entreprises qui répondent « oui », avant et après',
      'Share of firms that answer yes, before and after',
    ),
    language,
  );
  return [
    {
      kind: 'text',
      text: say(
        `Entreprises qui ont répondu avant et après : ${said(survey.firms)}. Un « oui » est une réponse de 4 ou 5 sur 5. ${weightsSaid(weighted, language)}`,
        `Firms that answered before and after: ${said(survey.firms)}. A yes is an answer of 4 or 5 of 5. ${weightsSaid(weighted, language)}`,
      ),
    },
    { kind: 'drawing', drawing },
    {
      kind: 'note',
      text: say(
        `${incomplete}L’écart est dit en points : la différence de deux pourcentages. Chaque intervalle est d’une question regardée seule ; ceux qui valent pour toutes ensemble sont dans le tableau des évolutions déclarées. Aucun ne dit que le dispositif en est la cause. Les intervalles en chiffres\u00a0: annexe A.`,
        `${incomplete}Differences are in points: one percentage less another. Each interval is of a question looked at alone; those that hold for all together are in the table of declared changes. None says that the programme is its cause. The intervals in numbers: annex A.`,
      ),
    },
  ];
}

const QUOTES = 3;

/** Three verbatims, of as many themes as there are: the first of each theme before the second of one. */
function quotes({ bilan, language, say }: Told): Block[] {
  const ofTheme = new Map<string, number>();
  const ranked = bilan.survey.verbatims.map((verbatim) => {
    const rank = ofTheme.get(verbatim.theme) ?? 0;
    ofTheme.set(verbatim.theme, rank + 1);
    return { verbatim, rank };
  });
  const [first, ...more] = ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, QUOTES)
    .map(({ verbatim: { theme, by, text } }): Block => {
      const of = labelOf('VERBATIM_THEMES', theme, language);
      const who = by ? `${labelOf('GROUPS', by, language)}, ` : '';
      return { kind: 'quote', text: say(`« ${text} »`, `“${text}”`), by: capital(`${who}${of}`) };
    });
  return first ? [{ kind: 'heading', text: say('Paroles d’entreprises', 'Words of firms') }, first, ...more] : [];
}
