import { type Drawing, drawn, type Language, WIDTH } from './drawing.js';
import { number, percent } from './numbers.js';
import { DARK, FAINT, LIGHT, LINE, TEXT } from './theme.js';

export interface Objective {
  readonly label: string;
  readonly achieved: number | null;
  /** Undefined where none was set. */
  readonly target?: number;
}

/** What each action set out to do (a mark) against what it did (a bar). */
export function objectives(
  actions: readonly Objective[],
  title: string,
  words: { readonly achieved: string; readonly target: string },
  language: Language,
): Drawing {
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const shareOf = ({ achieved, target }: Objective) => (achieved === null || !target ? undefined : achieved / target);
  const withTarget = actions.filter(({ target, achieved }) => target !== undefined && achieved !== null);
  const reached = withTarget.filter(({ target = 0, achieved }) => (achieved ?? 0) >= target).length;
  return drawn(
    'objectives',
    {
      title,
      description: say(
        `${title}\u00a0: objectif atteint dans ${reached} cas sur ${withTarget.length}.`,
        `${title}: target reached in ${reached} of ${withTarget.length} cases.`,
      ),
      table: {
        head: [say('Action', 'Action'), words.achieved, words.target, say('Réalisé', 'Achieved')],
        rows: actions.map((action) => {
          const share = shareOf(action);
          return [
            action.label,
            number(action.achieved, language),
            action.target === undefined ? '–' : number(action.target, language),
            share === undefined ? '–' : percent(share, language),
          ];
        }),
      },
    },
    { width: WIDTH, height: 20 * actions.length + 28 },
    {
      legend: {
        top: 0,
        left: 110,
        itemGap: 18,
        itemHeight: 9,
        itemWidth: 14,
        textStyle: { color: TEXT, fontSize: 9 },
        selectedMode: false,
        data: [
          { name: words.achieved, icon: 'rect' },
          { name: words.target, icon: 'path://M5,0L8,0L8,14L5,14Z' },
        ],
      },
      grid: { left: 110, right: 60, top: 22, bottom: 4 },
      xAxis: { type: 'value', min: 0, axisLabel: { show: false }, splitLine: { show: false } },
      yAxis: {
        type: 'category',
        inverse: true,
        data: actions.map(({ label }) => label),
        axisLine: { lineStyle: { color: LINE } },
        axisTick: { show: false },
        axisLabel: { color: TEXT, fontSize: 9, width: 104, overflow: 'truncate' },
      },
      series: [
        {
          name: words.achieved,
          type: 'bar',
          barWidth: 10,
          itemStyle: { color: LIGHT, borderColor: DARK, borderWidth: 0.7 },
          data: actions.map(({ achieved }) => achieved ?? 0),
        },
        {
          name: words.target,
          type: 'scatter',
          symbol: 'rect',
          symbolSize: [3, 16],
          itemStyle: { color: DARK, opacity: 1 },
          data: actions.flatMap(({ target }, i) => (target === undefined ? [] : [[target, i]])),
        },
        // Numbers stand in a column of their own, beside whichever is longer.
        {
          type: 'scatter',
          symbolSize: 0,
          silent: true,
          data: actions.map(({ achieved, target }, i) => [Math.max(achieved ?? 0, target ?? 0), i]),
          label: {
            show: true,
            position: 'right',
            distance: 6,
            formatter: ({ dataIndex }: { dataIndex: number }) => {
              const action = actions[dataIndex];
              if (!action) return '';
              const of = action.target === undefined ? '' : ` / ${number(action.target, language)}`;
              return `{n|${number(action.achieved, language)}}{s|${of}}`;
            },
            rich: { n: { fontWeight: 600, fontSize: 9.5, color: TEXT }, s: { fontSize: 9, color: FAINT } },
          },
        },
      ],
    },
  );
}
