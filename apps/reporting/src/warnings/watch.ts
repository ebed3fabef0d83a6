import { dayNumber } from '../cube/schema.js';
import type { FirmData } from '../facts/firm-data.js';

/** By what a firm's warnings are found: the day (yyyymmdd) since which nothing was done, and the share of its budget used. */
export const MARKS = ['idleSince', 'budgetUse'] as const;

/** What a firm's warnings are found by, while it is accompanied. Pure. */
export function marksOf({
  firm,
  sessions,
}: Pick<FirmData, 'firm' | 'sessions'>): Partial<Record<(typeof MARKS)[number], number>> {
  const { enrolledOn, completedOn, abandoned, suspended, budget } = firm;
  const held = sessions.filter(({ count }) => count > 0);
  const open = enrolledOn !== undefined && completedOn === undefined && abandoned === undefined && !suspended;
  if (!open) return {};
  const last = [enrolledOn, ...held.map(({ on }) => on)].sort().at(-1) ?? enrolledOn;
  const consumed = held.reduce((sum, { halfDays }) => sum + halfDays, 0);
  return { idleSince: dayNumber(last), ...(budget ? { budgetUse: consumed / budget } : {}) };
}
