import { type Deprecation, deprecationsInContracts } from '@gpect/contracts/event-contracts';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { CommandRunner } from '@gpect/service-kit/aggregate/command-runner';
import { deprecation } from './deprecation.js';

/** Every version that ends, in the order in which they end. */
export async function deprecationsOf(runner: CommandRunner): Promise<Deprecation[]> {
  const states = await runner.startingWith<Deprecation | null>(deprecation.collection, '');
  return states.flatMap((state) => (state ? [state] : [])).sort((a, b) => a.endsOn.localeCompare(b.endsOn));
}

/** The versions whose day is over. */
export async function endedBy(runner: CommandRunner, today: CalendarDate): Promise<Set<string>> {
  const announced = await deprecationsOf(runner);
  return new Set(announced.filter(({ endsOn }) => endsOn < today).map(({ contract }) => contract));
}

/** Tells every partner of the ends that the contracts themselves state, once; operations may move a day later. */
export async function announceShipped(runner: CommandRunner): Promise<void> {
  const known = new Set((await deprecationsOf(runner)).map(({ contract }) => contract));
  for (const shipped of deprecationsInContracts())
    if (!known.has(shipped.contract)) await runner.run([target(deprecation, shipped.contract, shipped)]);
}
