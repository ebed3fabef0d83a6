import { figureCalled } from '../figures/registry.js';
import { inPlaces, modulesBeside } from '../modules-beside.js';
import type { Estimate } from '../statistics/estimate.js';

/** Files of this folder that are no estimate. */
const OTHERS = new Set(['registry']);

/** Every estimate there is a file for, in the order in which a committee reads them. */
export const ESTIMATES: readonly Estimate[] = await load();

async function load(): Promise<Estimate[]> {
  return estimatesIn(await modulesBeside(import.meta.url, OTHERS, (name) => import(`./${name}.js`)));
}

type EstimateFile = readonly [file: string, exported: { readonly estimate?: Estimate }];

/**
 * The estimates of files, in their places.
 * @throws Error for a file without an estimate, for two of one id, and for the id of a figure
 */
export function estimatesIn(files: readonly EstimateFile[]): Estimate[] {
  const byId = new Map<string, Estimate>();
  for (const [file, { estimate }] of files) {
    if (!estimate) throw new Error(`estimates/${file} exports no estimate`);
    if (byId.has(estimate.id)) throw new Error(`estimates/${file}: there is an estimate ${estimate.id} already`);
    if (figureCalled(estimate.id)) throw new Error(`estimates/${file}: ${estimate.id} is a figure`);
    byId.set(estimate.id, estimate);
  }
  return inPlaces(byId.values());
}
