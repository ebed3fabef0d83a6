import { type Drawing, drawn, type Language, WIDTH } from './drawing.js';
import { number, percent } from './numbers.js';
import { DARK, FAINT, LIGHT, TEXT } from './theme.js';

/** A stage of a path: how many came to it. */
export interface Stage {
  readonly label: string;
  readonly count: number | null;
  /** Who did not come on from the stage before, and why. */
  readonly lost?: string;
}

/** How many come from one stage to the next, and which share of those before. */
export function funnel(stages: readonly Stage[], title: string, language: Language): Drawing {
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const axis = { type: 'category', inverse: true, axisLine: { show: false }, axisTick: { show: false } };
  const most = Math.max(1, ...stages.map(({ count }) => count ?? 0));
  const ofBefore = stages.map(({ count }, i) => {
    const before = stages[i - 1]?.count;
    return count === null || before === null || before === undefined || before === 0 ? undefined : count / before;
  });
  const said = stages.map(({ label, count }) => `${label.toLowerCase()} ${number(count, language)}`).join(', ');
  return drawn(
    'funnel',
    {
      title,
      description: `${title}${say('\u00a0: ', ': ')}${said}.`,
      table: {
        head: [
          say('Étape', 'Stage'),
          say('Entreprises', 'Firms'),
          say('Part de l’étape précédente', 'Share of the stage before'),
        ],
        rows: stages.map(({ label, count }, i) => {
          const share = ofBefore[i];
          return [label, number(count, language), share === undefined ? '' : percent(share, language)];
        }),
      },
    },
    { width: WIDTH, height: 36 * stages.length + 4 },
    {
      grid: { left: 116, right: 138, top: 2, bottom: 2 },
      xAxis: { type: 'value', show: false, max: most * 1.4 },
      yAxis: [
        {
          ...axis,
          data: stages.map(({ label }) => label),
          axisLabel: { color: TEXT, fontSize: 9.5, width: 108, overflow: 'break' },
        },
        {
          ...axis,
          position: 'right',
          data: stages.map(({ lost = '' }) => lost),
          axisLabel: { color: FAINT, fontSize: 8.5, width: 136, overflow: 'break', lineHeight: 10.5 },
        },
      ],
      series: [
        {
          type: 'bar',
          barWidth: 22,
          data: stages.map(({ count }, i) => ({
            value: count ?? 0,
            itemStyle: { color: i === stages.length - 1 ? DARK : LIGHT, borderColor: DARK, borderWidth: 1 },
          })),
          label: {
            show: true,
            position: 'right',
            formatter: ({ dataIndex }: { dataIndex: number }) => {
              const share = ofBefore[dataIndex];
              const count = number(stages[dataIndex]?.count ?? null, language);
              return share === undefined ? `{n|${count}}` : `{n|${count}}  {s|${percent(share, language)}}`;
            },
            rich: { n: { fontSize: 12, fontWeight: 600, color: TEXT }, s: { fontSize: 9, color: FAINT } },
          },
        },
      ],
    },
  );
}
