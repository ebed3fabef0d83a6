import { communeOf } from '@gpect/reference-data/communes';
import { zonesOf } from '@gpect/reference-data/employment-zones';
import { regionOf } from '@gpect/reference-data/regions';
import type { Geography } from './basin-communes.js';

/** The communes of France and the employment zones whose lists were loaded; decisions are given it, and read no file. */
export const GEOGRAPHY: Geography = { communeOf, regionOf, zonesOf };
