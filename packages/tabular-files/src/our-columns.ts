import { nameKey } from './name-key.js';

/** Columns that stand beside the sender's own in a file of refused lines, in French as clerks read them. Sent back they are passed over. */
export const OURS = ['ligne refusée', 'motif', 'colonne en cause', 'à faire'];
const ours = new Set(OURS.map(nameKey));

export function isOurs(heading: string): boolean {
  return ours.has(nameKey(heading));
}
