import { readdirSync, readFileSync } from 'node:fs';

/** The shapes of an edition of zones, as GeoJSON (WGS 84), with where they come from. */
export interface Shapes {
  readonly type: 'FeatureCollection';
  readonly name: string;
  readonly source: string;
  readonly licence: string;
  /** Of the zones, a year. */
  readonly edition: string;
  readonly features: readonly Shape[];
}

export interface Shape {
  readonly type: 'Feature';
  readonly properties: { readonly code: string; readonly name: string };
  readonly geometry: { readonly type: 'Polygon'; readonly coordinates: readonly (readonly (readonly number[])[])[] };
}

const SETS: readonly Shapes[] = setsIn(new URL('../data/shapes/', import.meta.url));

/** The shapes of these basins, where one edition has them all; undefined where none has. */
export function shapesOf(basins: readonly string[]): Shapes | undefined {
  if (basins.length === 0) return undefined;
  return SETS.find(({ features }) => {
    const known = new Set(features.map(({ properties }) => properties.code));
    return basins.every((code) => known.has(code));
  });
}

function setsIn(folder: URL): Shapes[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.geojson'));
  return files.sort().map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Shapes);
}
