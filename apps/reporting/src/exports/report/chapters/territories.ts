import { own } from '@gpect/domain-values/records';
import { basinsMap } from '@gpect/drawings/basins-map';
import { objectives } from '@gpect/drawings/objectives';
import { shapesOf } from '@gpect/reference-data/shapes';
import { typeset } from '@gpect/typesetting/typography';
import type { Bilan } from '../../../bilan/shape.js';
import { nameOfValue } from '../../value-names.js';
import type { Told } from '../../words.js';
import { written } from '../../written.js';
import { type Block, chapter, table } from '../report.js';

/** The columns of tables by place: as many as a page holds with letters that are read. */
const COLUMNS = ['detected', 'qualified', 'enrolled', 'accompanied', 'sessions', 'halfDays'] as const;

/** How it went by basin and by action. */
export function territoriesChapter(told: Told) {
  const { bilan, say, label, basin, action, isCounted } = told;
  const columns = COLUMNS.filter(isCounted);
  const sheetOf = (
    title: string,
    first: string,
    byCode: Bilan['byBasin'],
    nameOf: (code: string) => string,
  ): Block | undefined =>
    // Of one alone it would say again what the bilan says.
    Object.keys(byCode).length < 2
      ? undefined
      : table({
          title,
          head: [first, ...columns.map(label)],
          rows: Object.entries(byCode).map(([code, figures]) => [
            nameOf(code),
            ...columns.map((id) => own(figures, id) ?? null),
          ]),
        });
  return chapter(say('Les territoires', 'The territories'), [
    ...basinsMapOf(told, 'accompanied'),
    placeOf(told),
    sheetOf(
      say('Par bassin d’emploi', 'By employment basin'),
      say('Bassin d’emploi', 'Employment basin'),
      bilan.byBasin,
      basin,
    ),
    ...objectivesOf(told),
    sheetOf(
      say('Par action collective', 'By collective action'),
      say('Action collective', 'Collective action'),
      bilan.byAction,
      action,
    ),
    ...cutsOf(told),
  ]);
}

/** Where there is one basin or one action, which it is. */
function placeOf({ bilan, say, basin, action }: Told): Block | undefined {
  const [[oneBasin, ...basins], [oneAction, ...actions]] = [Object.keys(bilan.byBasin), Object.keys(bilan.byAction)];
  const said = [
    ...(oneBasin && basins.length === 0
      ? [`${say('Bassin d’emploi : ', 'Employment basin: ')}${basin(oneBasin)}.`]
      : []),
    ...(oneAction && actions.length === 0
      ? [`${say('Action collective : ', 'Collective action: ')}${action(oneAction)}.`]
      : []),
  ];
  return said.length > 0 ? { kind: 'text', text: said.join(' ') } : undefined;
}

/** By wave and by region, where there are several. */
function cutsOf({ bilan, language, names, say, label, isCounted }: Told): (Block | undefined)[] {
  const columns = COLUMNS.filter(isCounted);
  return (['wave', 'region'] as const).map((dimension) => {
    const byCode = Object.entries(own(bilan.cuts, dimension) ?? {}).filter(([code]) => code !== '');
    if (byCode.length < 2) return undefined;
    return table({
      title: dimension === 'wave' ? say('Par vague', 'By wave') : say('Par région', 'By region'),
      head: [dimension === 'wave' ? say('Vague', 'Wave') : say('Région', 'Region'), ...columns.map(label)],
      rows: byCode.map(([code, figures]) => [
        nameOfValue(dimension, code, names, language),
        ...columns.map((id) => own(figures, id) ?? null),
      ]),
    });
  });
}

function objectivesOf({ bilan, language, say, action }: Told): Block[] {
  const achieved = bilan.objectives.filter(({ targetFirms }) => targetFirms > 0);
  const [only, ...more] = achieved;
  if (!only) return [];
  if (more.length === 0) {
    const [reached, target] = [only.accompanied, only.targetFirms].map((count) => written(count, language));
    const text = say(
      `Entreprises accompagnées jusqu’au terme : ${reached}, pour un objectif de ${target}.`,
      `Firms accompanied to the end: ${reached}, of ${target} aimed at.`,
    );
    return [{ kind: 'text', text }];
  }
  const drawing = objectives(
    achieved.map(({ action: code, targetFirms, accompanied }) => ({
      label: typeset(action(code), language),
      achieved: accompanied,
      target: targetFirms,
    })),
    say(
      'Entreprises accompagnées jusqu’au terme et objectif de chaque action',
      'Firms accompanied to the end, and the objective of each action',
    ),
    { achieved: say('Accompagnées', 'Accompanied'), target: say('Objectif', 'Objective') },
    language,
  );
  return [{ kind: 'drawing', drawing }];
}

/** Where a figure is told of several basins. @param id of a figure that is a count */
export function basinsMapOf({ bilan, language, say, basin, label }: Told, id: string): Block[] {
  const codes = Object.keys(bilan.byBasin);
  const countOf = (code: string) => own(own(bilan.byBasin, code) ?? {}, id) ?? null;
  const isTold = codes.some((code) => countOf(code) !== null);
  if (codes.length < 2 || !isTold) return [];
  const shapes = shapesOf(codes);
  if (!shapes)
    return [
      {
        kind: 'note',
        text: say(
          'Pas de carte : les contours de ces bassins ne font pas partie des données du produit. Le tableau dit la même chose.',
          'No map: the shapes of these basins are not among the data of the product. The table says the same.',
        ),
      },
    ];
  const drawing = basinsMap(
    codes.map((code) => ({
      code,
      label: typeset(basin(code), language),
      count: countOf(code),
    })),
    shapes,
    {
      title:
        id === 'accompanied'
          ? say(
              'Entreprises accompagnées jusqu’au terme, par bassin d’emploi',
              'Firms accompanied to the end, by employment basin',
            )
          : say(`${label(id)}, par bassin d’emploi`, `${label(id)}, by employment basin`),
      counted: id === 'accompanied' ? say('Entreprises', 'Firms') : typeset(label(id), language),
    },
    language,
  );
  return [
    { kind: 'drawing', drawing },
    {
      kind: 'note',
      text: say(
        `Contours : zones d’emploi de ${shapes.edition}. Source : ${shapes.source}. ${shapes.licence}.`,
        `Shapes: employment zones of ${shapes.edition}. Source: ${shapes.source}. ${shapes.licence}.`,
      ),
    },
  ];
}
