import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { DIMENSIONS } from '../dimensions/dimensions.js';
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
    '## What they are cut by',
    ['| name | French | English | from |', '|---|---|---|---|', ...dimensions].join('\n'),
  ].join('\n\n')}\n`;
}

test('docs/figures.md lists every figure as its file has it', () => {
  const made = page();
  if (process.env['UPDATE_FIGURES']) writeFileSync(PAGE, made);
  for (const { id } of FIGURES) expect(made).toContain(`(\`${id}\`)`);
  expect(readFileSync(PAGE, 'utf8')).toBe(made);
});
