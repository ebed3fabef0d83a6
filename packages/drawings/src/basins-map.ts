import type { Shapes } from '@gpect/reference-data/shapes';
import { registerMap } from 'echarts/core';
import { type Drawing, drawn, type Language, WIDTH } from './drawing.js';
import { number, roundSteps } from './numbers.js';
import { FAINT, FONT, STEPS, TEXT } from './theme.js';

export interface BasinCount {
  readonly code: string;
  readonly label: string;
  /** Null where statistical secrecy masks it. */
  readonly count: number | null;
}

const MASKED_FILL = '#ffffff';
const HEIGHT = 372;

/** Basins, darker the more there is, each with its number: whoever prints it in grey, or sees no colour, reads the numbers. */
export function basinsMap(
  basins: readonly BasinCount[],
  shapes: Shapes,
  words: { readonly title: string; readonly counted: string },
  language: Language,
): Drawing {
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const byCode = new Map(basins.map((basin) => [basin.code, basin]));
  const most = Math.max(1, ...basins.map(({ count }) => count ?? 0));
  const least = Math.min(most, ...basins.map(({ count }) => count ?? most));
  const { step, lowest } = roundSteps(least, most, STEPS.length);
  const classes = Array.from({ length: Math.floor((most - lowest) / step) + 1 }, (_, i) => ({
    from: lowest + i * step,
    to: lowest + (i + 1) * step - 1,
    color: STEPS[i] ?? MASKED_FILL,
  }));
  const colorOf = (count: number | null) =>
    classes.find(({ from, to }) => count !== null && count >= from && count <= to)?.color ?? MASKED_FILL;
  const name = `basins-${shapes.edition}`;
  // ECharts takes a shape by its name, so that names here are codes.
  registerMap(name, {
    type: 'FeatureCollection',
    features: shapes.features
      .filter(({ properties }) => byCode.has(properties.code))
      .map(({ geometry, properties }) => ({ type: 'Feature', properties: { name: properties.code }, geometry })),
  } as unknown as Parameters<typeof registerMap>[1]);
  const told = basins.filter((basin): basin is BasinCount & { count: number } => basin.count !== null);
  const [first] = [...told].sort((a, b) => b.count - a.count);
  const [last] = [...told].sort((a, b) => a.count - b.count);
  const latitude = shapes.features[0]?.geometry.coordinates[0]?.[0]?.[1] ?? 47;
  return drawn(
    'basins-map',
    {
      title: words.title,
      description:
        first && last
          ? say(
              `${words.title}\u00a0: de ${number(last.count, language)} (${last.label}) à ${number(first.count, language)} (${first.label}).`,
              `${words.title}: from ${number(last.count, language)} (${last.label}) to ${number(first.count, language)} (${first.label}).`,
            )
          : words.title,
      table: {
        head: [say('Bassin d’emploi', 'Employment basin'), words.counted],
        rows: basins.map(({ label, count }) => [label, number(count, language)]),
      },
    },
    { width: WIDTH, height: HEIGHT },
    {
      graphic: legendOf(
        [...classes].reverse().map(({ from, to, color }) => ({ color, label: rangeOf(from, to, language) })),
        words.counted,
      ),
      geo: {
        map: name,
        roam: false,
        silent: true,
        top: 2,
        bottom: 2,
        left: 60,
        right: 2,
        aspectScale: Math.cos((latitude * Math.PI) / 180),
        regions: basins.map(({ code, label, count }) => {
          const areaColor = colorOf(count);
          // Letters that are wider than their basin are read over its border, too.
          const letters = { color: TEXT, textBorderColor: '#ffffff', textBorderWidth: 1.5, align: 'center' };
          return {
            name: code,
            itemStyle: { areaColor, borderColor: FAINT, borderWidth: 0.7 },
            label: {
              show: true,
              formatter: () => `{c|${number(count, language)}}\n{l|${broken(label)}}`,
              rich: {
                c: { ...letters, fontSize: 11.5, fontWeight: 700, lineHeight: 12 },
                l: { ...letters, fontSize: 8.5, lineHeight: 9.5 },
              },
            },
          };
        }),
      },
      series: [],
    },
  );
}

/** At the lower left: what is counted, and the classes from many to few, each with the border by which the lightest is seen. */
function legendOf(classes: readonly { color: string; label: string }[], counted: string): object[] {
  const row = 14;
  const top = HEIGHT - 8 - row * classes.length;
  const text = (words: string, x: number, y: number) => ({
    type: 'text',
    silent: true,
    style: { text: words, x, y, fill: TEXT, fontSize: 9, fontFamily: FONT, verticalAlign: 'middle' },
  });
  return [
    text(counted, 2, top - row / 2),
    ...classes.flatMap(({ color, label }, i) => [
      {
        type: 'rect',
        silent: true,
        shape: { x: 2, y: top + row * i + 2, width: 16, height: 10 },
        style: { fill: color, stroke: FAINT, lineWidth: 0.7 },
      },
      text(label, 24, top + row * i + row / 2),
    ]),
  ];
}

const rangeOf = (from: number, to: number, language: Language): string =>
  from === to
    ? number(from, language)
    : `${number(from, language)} ${language === 'fr' ? 'à' : 'to'} ${number(to, language)}`;

/** `Roubaix-Tourcoing` over two lines, since many basins are as wide as one word. */
const broken = (label: string): string => (label.length > 9 ? label.replace(/-/, '-}\n{l|') : label);
