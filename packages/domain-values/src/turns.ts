/** Whoever sends what is worked on: a funder, a carrier, a consultants' firm. */
export interface Sent {
  readonly sender: string;
}

/** Whether one more may begin beside those that have one of so many places: the last place is for a sender that has none. */
export function mayBegin({ sender }: Sent, taken: readonly Sent[], places: number): boolean {
  const free = places - taken.length;
  if (free !== 1 || taken.length === 0) return free > 0;
  return taken.every((one) => one.sender !== sender);
}

/** Senders in turn: who was served longest ago goes first, and what came first of theirs. */
export class Turns {
  readonly #served = new Map<string, number>();
  #turn = 0;

  /** @param waiting in the order in which they came */
  next<T extends Sent>(waiting: readonly T[], may: (one: T) => boolean): T | undefined {
    const turnOf = ({ sender }: Sent) => this.#served.get(sender) ?? 0;
    let next: T | undefined;
    for (const one of waiting) if (may(one) && (!next || turnOf(one) < turnOf(next))) next = one;
    return next;
  }

  /** Remembers whose turn it was. */
  served({ sender }: Sent): void {
    this.#served.set(sender, ++this.#turn);
  }

  /** Nobody waits: whose turn it was matters no more. */
  forget(): void {
    this.#served.clear();
  }
}
