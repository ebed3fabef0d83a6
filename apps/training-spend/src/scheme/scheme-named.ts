import { SCHEMES } from '@gpect/reference-data/schemes';
import { nameKey } from '@gpect/tabular-files/name-key';

const byName = new Map(SCHEMES.flatMap((scheme) => scheme.names.map((name) => [nameKey(name), scheme.code])));

/** The scheme that usually bears this name. */
export function schemeNamed(label: string): string | undefined {
  return byName.get(nameKey(label));
}
