/** Numbers for names: a column of small numbers is read faster than one of texts. */
export class Names {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];

  number(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const next = this.#names.length;
    this.#numbers.set(name, next);
    this.#names.push(name);
    return next;
  }

  /** Undefined for one that was never given. */
  find(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  name(number: number): string {
    return this.#names[number] ?? '';
  }

  all(): readonly string[] {
    return this.#names;
  }
}
