/**
 * Aggregate ids are readable paths: the programme's code, then what names the thing inside it
 * (`npdc-2007-2013/00001002500013`). One SIRET in one programme is one case, whichever partner names it first.
 */
export function inProgramme(programme: string, ...path: readonly string[]): string {
  return [programme, ...path].join('/');
}
