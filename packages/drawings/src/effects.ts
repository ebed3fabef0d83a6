import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts';
import { type Drawing, drawn, type Language, WIDTH } from './drawing.js';
import { inPoints, number, percent } from './numbers.js';
import { DARK, FAINT, LINE, MIDDLE, TEXT } from './theme.js';

/** Shares of yes before and after, their difference with its interval; null where they are masked. */
export interface Effect {
  readonly label: string;
  readonly n: number | null;
  readonly before: number | null;
  readonly after: number | null;
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Left a dumbbell from before to after, right the difference in points with its interval. */
export function effects(questions: readonly Effect[], title: string, language: Language): Drawing {
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const [before, after] = [say('avant', 'before'), say('après', 'after')];
  const difference = say('Écart en points (intervalle à 95\u202f%)', 'Difference in points (95% interval)');
  const clear = questions.filter(({ low, high }) => low !== null && high !== null && (low > 0 || high < 0)).length;
  // What was rounded to whole points does not look finer.
  const digits = questions.every(({ difference }) => isWhole(difference)) ? 0 : 1;
  const labels = questions.map(({ label }) => label);
  const told = (value: number | null, i: number) => (value === null ? [] : [[value * 100, i]]);
  const top = 36;
  const rowAxis = (gridIndex: number, shown: boolean) => ({
    gridIndex,
    type: 'category',
    inverse: true,
    data: labels,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: true, lineStyle: { color: '#eceff3' } },
    axisLabel: { show: shown, color: TEXT, fontSize: 9, width: 130, overflow: 'break', lineHeight: 10.5 },
  });
  const valueAxis = (gridIndex: number, more: object) => ({
    gridIndex,
    type: 'value',
    position: 'top',
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: LINE } },
    axisLabel: { color: FAINT, fontSize: 8.5 },
    ...more,
  });
  return drawn(
    'effects',
    {
      title,
      description: say(
        `${title}\u00a0: pour ${clear} questions sur ${questions.length}, l’intervalle de l’écart ne comprend pas zéro. ${questions
          .map((q) => `${q.label} ${percent(q.before, language)} avant, ${percent(q.after, language)} après`)
          .join('\u202f; ')}.`,
        `${title}: for ${clear} of ${questions.length} questions the interval of the difference leaves out zero. ${questions
          .map((q) => `${q.label} ${percent(q.before, language)} before, ${percent(q.after, language)} after`)
          .join('; ')}.`,
      ),
      table: {
        head: [
          say('Question', 'Question'),
          say('Entreprises', 'Firms'),
          say('Avant', 'Before'),
          say('Après', 'After'),
          say('Écart (points)', 'Difference (points)'),
          say('Intervalle à 95\u202f%', '95% interval'),
        ],
        rows: questions.map((q) => [
          q.label,
          number(q.n, language),
          percent(q.before, language),
          percent(q.after, language),
          inPoints(q.difference, language, digits),
          q.low === null || q.high === null
            ? number(null, language)
            : `${inPoints(q.low, language, digits)} ${say('à', 'to')} ${inPoints(q.high, language, digits)}`,
        ]),
      },
    },
    { width: WIDTH, height: 25 * questions.length + top + 6 },
    {
      legend: {
        top: 0,
        left: 132,
        itemGap: 14,
        itemHeight: 8,
        itemWidth: 14,
        selectedMode: false,
        textStyle: { color: TEXT, fontSize: 9 },
        data: [
          { name: before, icon: 'circle', itemStyle: { color: '#ffffff', borderColor: DARK, borderWidth: 2 } },
          { name: after, icon: 'circle' },
          { name: difference, icon: 'diamond' },
        ],
      },
      grid: [
        { left: 138, width: 168, top, bottom: 4 },
        { left: 330, width: 138, top, bottom: 4 },
      ],
      xAxis: [
        valueAxis(0, {
          min: 0,
          max: 100,
          interval: 25,
          axisLabel: { color: FAINT, fontSize: 8.5, formatter: (v: number) => percent(v / 100, language) },
        }),
        valueAxis(1, {
          min: Math.min(0, ...questions.map(({ low }) => Math.floor(((low ?? 0) * 100) / 20) * 20)),
          max: Math.max(20, ...questions.map(({ high }) => Math.ceil(((high ?? 0) * 100) / 20) * 20)),
          interval: 20,
          axisLabel: { color: FAINT, fontSize: 8.5, formatter: (v: number) => number(v, language, 0, true) },
        }),
      ],
      yAxis: [rowAxis(0, true), rowAxis(1, false)],
      series: [
        lines(
          questions.flatMap(({ before: a, after: b }, i) => (a === null || b === null ? [] : [[a * 100, b * 100, i]])),
          0,
          MIDDLE,
          2.5,
        ),
        {
          name: before,
          type: 'scatter',
          symbolSize: 7,
          itemStyle: { color: '#ffffff', borderColor: DARK, borderWidth: 1.5, opacity: 1 },
          data: questions.flatMap(({ before: value }, i) => told(value, i)),
        },
        {
          name: after,
          type: 'scatter',
          symbolSize: 8,
          itemStyle: { color: DARK, opacity: 1 },
          data: questions.flatMap(({ after: value }, i) => told(value, i)),
        },
        lines(
          questions.flatMap(({ low, high }, i) => (low === null || high === null ? [] : [[low * 100, high * 100, i]])),
          1,
          DARK,
          1,
        ),
        {
          name: difference,
          type: 'scatter',
          xAxisIndex: 1,
          yAxisIndex: 1,
          symbol: 'diamond',
          symbolSize: 7,
          itemStyle: { color: DARK, opacity: 1 },
          data: questions.flatMap(({ difference: value }, i) => told(value, i)),
          label: {
            show: true,
            position: 'top',
            distance: 1,
            fontSize: 8.5,
            color: TEXT,
            textBorderColor: '#ffffff',
            textBorderWidth: 2,
            formatter: ({ value }: { value: number[] }) => number(value[0] ?? null, language, digits, true),
          },
        },
        {
          type: 'scatter',
          symbolSize: 0,
          silent: true,
          data: questions.flatMap(({ before: value }, i) => (value === null ? [[50, i]] : [])),
          label: { show: true, formatter: () => 's', color: TEXT, fontSize: 10 },
        },
      ],
    },
  );
}

/** Lines from one value to another in a row: `[from, to, row]`. */
function lines(data: number[][], grid: number, stroke: string, lineWidth: number): object {
  return {
    type: 'custom',
    silent: true,
    xAxisIndex: grid,
    yAxisIndex: grid,
    encode: { x: [0, 1], y: 2 },
    data,
    renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
      const [x1 = 0, y1 = 0] = api.coord([api.value(0), api.value(2)]);
      const [x2 = 0, y2 = 0] = api.coord([api.value(1), api.value(2)]);
      return { type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke, lineWidth } };
    },
  };
}

const isWhole = (difference: number | null): boolean =>
  difference === null || Math.abs(difference * 100 - Math.round(difference * 100)) < 1e-6;
