import type { Sum } from './intervals.js';

/**
 * Where all parts of a sum are parts of another, its total stands in their place there: all actions together are a carrier
 * and the actions that are not its own. Each sum by itself does not say so, and both together tell more.
 * @returns the sums that follow, each once
 */
export function sumsInSums(sums: readonly Sum[]): Sum[] {
  const withPart = new Map<number, Sum[]>();
  for (const sum of sums)
    for (const part of sum.slice(1)) {
      const others = withPart.get(part);
      if (others) others.push(sum);
      else withPart.set(part, [sum]);
    }
  const found = new Map<string, Sum>();
  for (const inner of sums) {
    const [total, ...parts] = inner;
    if (parts.length < 2) continue;
    const rarest = parts.reduce((a, b) => ((withPart.get(a)?.length ?? 0) <= (withPart.get(b)?.length ?? 0) ? a : b));
    const taken = new Set(parts);
    for (const outer of withPart.get(rarest) ?? []) {
      const [whole, ...all] = outer;
      const rest = all.filter((part) => !taken.has(part));
      if (outer === inner || whole === total || all.length - rest.length !== taken.size) continue;
      const sum: Sum = [whole, ...[total, ...rest].sort((a, b) => a - b)];
      found.set(sum.join(), sum);
    }
  }
  return [...found.values()];
}
