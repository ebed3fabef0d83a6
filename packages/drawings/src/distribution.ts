import { type Drawing, drawn, type Language, WIDTH } from './drawing.js';
import { number, percent } from './numbers.js';
import { DARK, LIGHT, MIDDLE, TEXT } from './theme.js';

export interface Bar {
  readonly label: string;
  readonly count: number | null;
  /** How it stands out: what fell is light, what stayed middle, what rose dark. */
  readonly tone?: 'light' | 'middle' | 'dark';
}

const TONES = { light: LIGHT, middle: MIDDLE, dark: DARK } as const;

/** A distribution over classes in their order (changes of spend from what fell most to what rose most). */
export function distribution(
  classes: readonly Bar[],
  words: { readonly title: string; readonly classes: string; readonly counted: string },
  language: Language,
): Drawing {
  const all = classes.reduce<number | null>(
    (sum, { count }) => (sum === null || count === null ? null : sum + count),
    0,
  );
  const shareOf = (count: number | null) => (all && count !== null ? percent(count / all, language) : '');
  const colon = language === 'fr' ? '\u00a0: ' : ': ';
  return drawn(
    'distribution',
    {
      title: words.title,
      description: `${words.title}${colon}${classes.map(({ label, count }) => `${label.replaceAll('\n', ' ')} ${number(count, language)}`).join(', ')}.`,
      table: {
        head: [words.classes, words.counted, language === 'fr' ? 'Part' : 'Share'],
        rows: classes.map(({ label, count }) => [label.replaceAll('\n', ' '), number(count, language), shareOf(count)]),
      },
    },
    { width: WIDTH, height: 160 },
    {
      grid: { left: 8, right: 8, top: 18, bottom: 28 },
      xAxis: {
        type: 'category',
        data: classes.map(({ label }) => label),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: TEXT } },
        axisLabel: {
          color: TEXT,
          fontSize: 9,
          interval: 0,
          width: 470 / classes.length - 8,
          overflow: 'break',
          lineHeight: 10.5,
        },
      },
      yAxis: { type: 'value', show: false },
      series: [
        {
          type: 'bar',
          barCategoryGap: '18%',
          data: classes.map(({ count, tone = 'middle' }) => ({
            value: count ?? 0,
            itemStyle: { color: TONES[tone], borderColor: DARK, borderWidth: 1 },
          })),
          label: {
            show: true,
            position: 'top',
            color: TEXT,
            fontSize: 9.5,
            fontWeight: 600,
            formatter: ({ dataIndex }: { dataIndex: number }) => {
              const count = classes[dataIndex]?.count ?? null;
              const share = shareOf(count);
              return share === '' ? number(count, language) : `${number(count, language)} (${share})`;
            },
          },
        },
      ],
    },
  );
}
