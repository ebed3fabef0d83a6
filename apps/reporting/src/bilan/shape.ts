import type { components } from '@gpect/contracts/generated/api-reporting';

/** A bilan as it is answered. */
export type Bilan = components['schemas']['Bilan'];
