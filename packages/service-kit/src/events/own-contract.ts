import { isDeepStrictEqual } from 'node:util';
import { type ContractFault, faultsOf, faultsWhereMade } from '@gpect/contracts/event-contracts';
import { stepsOf } from '@gpect/domain-values/json-pointer';
import { own } from '@gpect/domain-values/records';
import type { DomainEvent } from './event.js';

/** An event that a decision of ours made is not what its contract says: every reader would set it aside. */
export class ContractBroken extends Error {
  override readonly name = 'ContractBroken';

  constructor({ type }: DomainEvent, faults: readonly ContractFault[]) {
    super(`${type} breaks its own contract: ${faults.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ')}`);
  }
}

/**
 * Holds an event against its contract where it is made, before anything of it is kept.
 *
 * Bounds of texts and lists hold for what is new. What was kept before a bound was given is said on as it is, by which readers
 * take it: a bound holds no firm up whose name is older. So of a broken bound alone nothing is said where the text stood in
 * `before`, or came with the event that this one follows from.
 *
 * @param before the state that was decided on
 * @throws {ContractBroken}
 */
export function requireContract(event: DomainEvent, before: unknown, isReaction: boolean): void {
  const faults = faultsWhereMade(event.type, event.data);
  if (faults.length === 0) return;
  const felt = faultsOf(event.type, event.data);
  if (felt.length > 0) throw new ContractBroken(event, felt);
  const isNew = ({ pointer }: ContractFault) => !isReaction && !holds(before, valueAt(event.data, stepsOf(pointer)));
  const fresh = faults.filter(isNew);
  if (fresh.length > 0) throw new ContractBroken(event, fresh);
}

function valueAt(data: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined || typeof data !== 'object' || data === null) return data;
  return valueAt(own(data as Readonly<Record<string, unknown>>, step), rest);
}

/** Whether a value stands anywhere in another. */
function holds(all: unknown, value: unknown): boolean {
  if (isDeepStrictEqual(all, value)) return true;
  return typeof all === 'object' && all !== null && Object.values(all).some((one) => holds(one, value));
}
