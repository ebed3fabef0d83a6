import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts';
import { type Drawing, drawn, type Language, WIDTH } from './drawing.js';
import { DARK, FAINT, LIGHT, LINE, ORANGE, TEXT } from './theme.js';

/** The life of a platform; days are ISO dates. */
export interface PlatformLife {
  readonly label: string;
  /** Undefined where no day was given: drawn from the beginning on. */
  readonly from?: string;
  /** The first day on which it was seen dead. */
  readonly ended?: string;
  readonly seen: readonly { readonly on: string; readonly alive: boolean }[];
}

/** Platforms from their establishment on: what lives goes on to the end, what was seen dead ends with a cross. */
export function platforms(
  lives: readonly PlatformLife[],
  words: { readonly title: string; readonly from: string; readonly to: string },
  language: Language,
): Drawing {
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const [from, to] = [
    time(words.from),
    Math.max(time(words.to), ...lives.flatMap(({ seen }) => seen.map(({ on }) => time(on)))),
  ];
  const ended = lives.filter((life) => life.ended !== undefined).length;
  const sightings = (alive: boolean) =>
    lives.flatMap(({ seen }, i) => seen.filter((s) => s.alive === alive).map(({ on }) => [time(on), i]));
  const [alive, dead] = [say('constatée active', 'seen alive'), say('constatée disparue', 'seen ended')];
  return drawn(
    'platforms',
    {
      title: words.title,
      description: say(
        `${words.title}\u00a0: actives, ${lives.length - ended} sur ${lives.length}.`,
        `${words.title}: alive, ${lives.length - ended} of ${lives.length}.`,
      ),
      table: {
        head: [say('Plateforme', 'Platform'), say('Depuis', 'Since'), say('État', 'State')],
        rows: lives.map((life) => [
          life.label,
          life.from ? day(life.from, language) : '–',
          life.ended
            ? `${say('disparue, constaté le', 'ended, seen on')} ${day(life.ended, language)}`
            : say('active', 'alive'),
        ]),
      },
    },
    { width: WIDTH, height: 21 * lives.length + 44 },
    {
      legend: {
        top: 0,
        left: 112,
        itemGap: 18,
        itemHeight: 8,
        selectedMode: false,
        textStyle: { color: TEXT, fontSize: 9 },
        // Of what there is alone.
        data: [
          ...(sightings(true).length > 0 ? [{ name: alive, icon: 'circle' }] : []),
          ...(sightings(false).length > 0 ? [{ name: dead, icon: CROSS }] : []),
        ],
      },
      grid: { left: 118, right: 10, top: 22, bottom: 18 },
      xAxis: {
        type: 'time',
        min: from,
        max: to,
        axisLine: { lineStyle: { color: TEXT } },
        splitLine: { show: true, lineStyle: { color: LINE } },
        minInterval: 365 * 86_400_000,
        axisLabel: {
          color: FAINT,
          fontSize: 8.5,
          formatter: (value: number) => String(new Date(value).getUTCFullYear()),
        },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: lives.map(({ label }) => broken(label)),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: TEXT, fontSize: 9, width: 108, overflow: 'break', lineHeight: 10 },
      },
      series: [
        {
          type: 'custom',
          silent: true,
          encode: { x: [0, 1], y: 2 },
          data: lives.map((life, i) => [life.from ? time(life.from) : from, life.ended ? time(life.ended) : to, i]),
          renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
            const [x1 = 0, y = 0] = api.coord([api.value(0), api.value(2)]);
            const [x2 = 0] = api.coord([api.value(1), api.value(2)]);
            return {
              type: 'rect',
              shape: { x: x1, y: y - 5, width: Math.max(2, x2 - x1), height: 10 },
              style: { fill: LIGHT, stroke: DARK, lineWidth: 1 },
            };
          },
        },
        { name: alive, type: 'scatter', symbolSize: 6, itemStyle: { color: DARK, opacity: 1 }, data: sightings(true) },
        {
          name: dead,
          type: 'scatter',
          symbol: CROSS,
          symbolSize: 9,
          itemStyle: { color: ORANGE, opacity: 1 },
          data: sightings(false),
        },
      ],
    },
  );
}

const CROSS = 'path://M0,2L2,0L6,4L10,0L12,2L8,6L12,10L10,12L6,8L2,12L0,10L4,6Z';

/** A long name over two lines, at one of its hyphens or spaces. */
const broken = (label: string): string => (label.length > 20 ? label.replace(/^(.{8,20})([- ])/u, '$1$2\n') : label);

const time = (iso: string): number => Date.parse(`${iso}T00:00:00Z`);

const day = (iso: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    time(iso),
  );
