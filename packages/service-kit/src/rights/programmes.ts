/** Whether patterns cover a programme: its code, `npdc-*` for all that begin so, `*` for all. Pure. */
export function covers(patterns: readonly string[], programme: string): boolean {
  return patterns.some((p) => (p.endsWith('*') ? programme.startsWith(p.slice(0, -1)) : p === programme));
}
