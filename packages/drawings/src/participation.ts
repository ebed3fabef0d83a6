import { type Drawing, drawn, type Language, WIDTH } from './drawing.js';
import { number } from './numbers.js';
import { FAINT, STEPS, TEXT } from './theme.js';

/** Rows by columns of counts; null where one is masked. */
export interface Grid {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly cells: readonly (readonly (number | null)[])[];
}

/** Who took part at which stage: a number in each cell, darker the more sessions. */
export function participation(
  { rows, columns, cells }: Grid,
  words: { readonly title: string; readonly rows: string; readonly counted: string },
  language: Language,
): Drawing {
  const most = Math.max(1, ...cells.flat().map((cell) => cell ?? 0));
  const colorOf = (cell: number | null) =>
    cell === null
      ? '#ffffff'
      : (STEPS[Math.min(STEPS.length - 1, Math.floor((cell / most) * (STEPS.length - 0.01)))] ?? STEPS[0]);
  const colon = language === 'fr' ? '\u00a0: ' : ': ';
  return drawn(
    'participation',
    {
      title: words.title,
      description: `${words.title}${colon}${rows
        .map(
          (row, r) => `${row} (${columns.map((c, i) => `${c} ${number(cells[r]?.[i] ?? null, language)}`).join(', ')})`,
        )
        .join(language === 'fr' ? '\u202f; ' : '; ')}.`,
      table: {
        head: [words.rows, ...columns],
        rows: rows.map((row, r) => [row, ...columns.map((_, c) => number(cells[r]?.[c] ?? null, language))]),
      },
    },
    { width: WIDTH, height: 30 * rows.length + 34 },
    {
      // A heat map wants one; each cell has its own colour, since its number must be read upon it.
      visualMap: { show: false, min: 0, max: most },
      grid: { left: 96, right: 2, top: 30, bottom: 2 },
      xAxis: {
        type: 'category',
        position: 'top',
        data: [...columns],
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: TEXT, fontSize: 9, interval: 0, width: 92, overflow: 'break', lineHeight: 10.5 },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: [...rows],
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: TEXT, fontSize: 9 },
      },
      series: [
        {
          type: 'heatmap',
          data: cells.flatMap((row, r) =>
            row.map((cell, c) => ({
              value: [c, r, cell ?? 0],
              visualMap: false,
              itemStyle: { color: colorOf(cell), borderColor: FAINT, borderWidth: 0.7 },
              label: {
                show: true,
                color: TEXT,
                fontSize: 10.5,
                fontWeight: 600,
                formatter: () => number(cell, language),
              },
            })),
          ),
        },
      ],
    },
  );
}
