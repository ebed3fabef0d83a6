import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { DIMENSIONS } from '../dimensions/dimensions.js';
import { ESTIMATES } from '../estimates/registry.js';
import type { Estimate } from '../statistics/estimate.js';
import { type Figure, type Group, sourcesOf } from './figure.js';
import { FIGURES } from './registry.js';

/**
 * The page that lists every figure, made from their files.
 * `UPDATE_FIGURES=1 npm test -w apps/reporting -- src/figures/page.test.ts` writes it.
 */
const PAGE = new URL('../../../../docs/figures.md', import.meta.url);

const CHAPTERS: Readonly<Record<Group, string>> = {
  reach: 'Firms reached',
  delivery: 'Work done',
  participation: 'Participation',
  effects: 'Effects',
  spend: 'Spend',
  territory: 'Territory',
};

function figureText(figure: Figure): string {
  const { id, labelFr, labelEn, definitionFr, definitionEn, formula, unit, countsBy } = figure;
  const events = sourcesOf(figure).map((type) => `\`${type.replace(/^fr\.gpect\./, '')}\``);
  return [
    `### ${labelFr} (\`${id}\`)`,
    `**${labelEn}.** ${definitionEn}`,
    `« ${definitionFr} »`,
    [
      `- Formula: \`${formula}\``,
      `- Unit: ${unit}`,
      `- Counts by: ${countsBy}`,
      `- Events: ${events.sort().join(', ')}`,
    ].join('\n'),
  ].join('\n\n');
}

function estimateText({ keeps, ...of }: Estimate): string {
  const events = [...new Set(keeps.flatMap(({ types }) => types))].map(
    (type) => `\`${type.replace(/^fr\.gpect\./, '')}\``,
  );
  const names = (labels: Estimate['counts']) => Object.values(labels).map(({ labelEn }) => labelEn);
  const values = Object.values(of.values).map(({ labelEn, unit }) => `${labelEn} (${unit})`);
  return [
    `### ${of.labelFr} (\`${of.id}\`)`,
    `**${of.labelEn}.** ${of.definitionEn}`,
    `« ${of.definitionFr} »`,
    [
      `- Formula: \`${of.formula}\``,
      `- Tells: ${values.join(', ')}; firms: ${names(of.counts).join(', ') || 'n alone'}`,
      ...of.assumptionsEn.map((assumption, i) => `- ${assumption} « ${of.assumptionsFr[i]} »`),
      `- Events: ${events.sort().join(', ')}`,
    ].join('\n'),
  ].join('\n\n');
}

const ACROSS = ['programmes', 'waves', 'regions'] as const;
const COMPARED = [...FIGURES, ...ESTIMATES].map(({ id, notComparable }) => {
  const may = ACROSS.map((what) => (notComparable?.across.includes(what) ? 'no' : 'yes'));
  const why = notComparable ? `${notComparable.reasonEn} « ${notComparable.reasonFr} »` : '';
  return `| \`${id}\` | ${may.join(' | ')} | ${why} |`;
});

function page(): string {
  const chapters = Object.entries(CHAPTERS).map(([group, title]) =>
    [`## ${title}`, ...FIGURES.filter((figure) => figure.group === group).map(figureText)].join('\n\n'),
  );
  const dimensions = DIMENSIONS.map(
    ({ name, labelFr, labelEn, from }) => `| \`${name}\` | ${labelFr} | ${labelEn} | ${from} |`,
  );
  return `${[
    '# Figures',
    'Every figure of the bilan, as `apps/reporting/src/figures/` has it: a figure is one file, and this page is made from them (`UPDATE_FIGURES=1 npm test -w apps/reporting -- src/figures/page.test.ts`). The same is answered by `GET /indicators` and `GET /dimensions`. A fact counts by the day on which it happened in the field, whenever it was told.',
    ...chapters,
    '## Estimates',
    'What does not add up: one file each in `apps/reporting/src/estimates/` ([ADR 32](adr/0032-estimates-beside-figures.md)). They stand in `estimates` of a bilan with these assumptions beside them; a release tells those of the whole programme.',
    ...ESTIMATES.map(estimateText),
    '## Which of them may be compared',
    'Across programmes, waves of actions and regions; `GET /bilans/compare` says of each figure that may not why (`notComparable`); estimates are in no comparison, and carry it with them in a bilan.',
    ['| figure | programmes | waves | regions | why not |', '|---|---|---|---|---|', ...COMPARED].join('\n'),
    '## What they are cut by',
    ['| name | French | English | from |', '|---|---|---|---|', ...dimensions].join('\n'),
  ].join('\n\n')}\n`;
}

test('docs/figures.md lists every figure and every estimate as its file has it', () => {
  const made = page();
  if (process.env['UPDATE_FIGURES']) writeFileSync(PAGE, made);
  for (const { id } of [...FIGURES, ...ESTIMATES]) expect(made).toContain(`(\`${id}\`)`);
  expect(readFileSync(PAGE, 'utf8')).toBe(made);
});
