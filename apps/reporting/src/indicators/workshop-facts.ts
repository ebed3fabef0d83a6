import type { WorkshopData } from '../cells/documents.js';
import type { Fact } from '../cells/measures.js';

/** What one workshop says. */
export function workshopFacts({ heldOn }: WorkshopData): Fact[] {
  return [['workshops', heldOn, 1]];
}
