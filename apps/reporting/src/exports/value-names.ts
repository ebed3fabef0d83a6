import { own } from '@gpect/domain-values/records';
import { regionName } from '@gpect/reference-data/regions';
import { type Language, labelOf } from './labels.js';
import type { Names } from './names.js';

/** What a value of a dimension is called; the code itself where it has no name. What has no value is at ''. */
export function nameOfValue(dimension: string | undefined, code: string, names: Names, language: Language): string {
  if (code === '') return language === 'fr' ? 'Sans valeur' : 'No value';
  switch (dimension) {
    case 'basin':
      return own(names.basins, code) ?? code;
    case 'action':
      return own(names.actions, code) ?? code;
    case 'section':
      return labelOf('SECTIONS', code, language);
    case 'theme':
      return labelOf('THEMES', code, language);
    case 'origin':
      return labelOf('ORIGINS', code, language);
    case 'region':
      return regionName(code);
    default:
      return code;
  }
}
