import { BarChart, CustomChart, HeatmapChart, MapChart, ScatterChart } from 'echarts/charts';
import { GeoComponent, GraphicComponent, GridComponent, LegendComponent, VisualMapComponent } from 'echarts/components';
import type { EChartsCoreOption } from 'echarts/core';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { FONT, TEXT } from './theme.js';

use([
  BarChart,
  CustomChart,
  GeoComponent,
  GraphicComponent,
  GridComponent,
  HeatmapChart,
  LegendComponent,
  MapChart,
  ScatterChart,
  SVGRenderer,
  VisualMapComponent,
]);

export type Language = 'fr' | 'en';

/** A drawing, and the same in words and as a table for whoever does not see it. */
export interface Drawing {
  /** Which of the drawings it is: `funnel`. */
  readonly name: string;
  /** An SVG document with its title and its description; no script, nothing from elsewhere. */
  readonly svg: string;
  readonly title: string;
  /** What there is to be seen, in a sentence or two with its numbers. */
  readonly description: string;
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

type Words = Omit<Drawing, 'name' | 'svg'>;

/** The width of what stands between the margins of an A4 page, in points: sizes of letters are then those of print. */
export const WIDTH = 482;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Drawn without a browser: the same options give the same bytes. */
export function drawn(name: string, words: Words, size: Size, option: EChartsCoreOption): Drawing {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    const shared = { animation: false, textStyle: { fontFamily: FONT, fontSize: 9, color: TEXT } };
    chart.setOption(harmless({ ...shared, ...option }) as EChartsCoreOption);
    return { name, ...words, svg: saidIn(chart.renderToSVGString(), name, words) };
  } finally {
    // A chart that is not disposed of keeps its clock, and the process, running.
    chart.dispose();
  }
}

/**
 * Texts, and what functions return, without `__proto__`: the library keeps the widths of texts in a plain object, and would
 * change every object of the process by it.
 */
function harmless(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('__proto__', '__proto\u00a0__');
  if (Array.isArray(value)) return value.map(harmless);
  if (typeof value === 'function') return (...given: unknown[]) => harmless(value(...given));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, harmless(of)]));
}

/** With a role, title and description, and with ids that are its own where several drawings stand in one page. */
function saidIn(svg: string, name: string, { title, description }: Words): string {
  const ids = svg
    .replace(/zr\d+-/g, `${name}-`)
    // What a pointer would do to it: it is a picture, and its counters would make each one another.
    .replace(/<style\s*>.*?<\/style>/gs, '')
    // The space at which a line was broken would shift it.
    .replace(/(<text [^>]*\by="[^>]*>)\s*([^<]*?)\s*<\/text>/g, '$1$2</text>')
    .replace(/ (?:class|pointer-events|ecmeta_[a-z_]+)="[^"]*"/g, '');
  const head = `<title id="${name}-title">${escaped(title)}</title><desc id="${name}-desc">${escaped(description)}</desc>`;
  return ids.replace(
    /<svg ([^>]*)>/,
    (_, attributes: string) => `<svg role="img" aria-labelledby="${name}-title ${name}-desc" ${attributes}>${head}`,
  );
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
