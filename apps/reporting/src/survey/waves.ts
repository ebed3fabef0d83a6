import type { Values } from '@gpect/contracts/generated/events';

export type Wave = Values['Wave'];

/** In their order. */
export const WAVES: readonly Wave[] = ['BEFORE', 'AFTER'];
