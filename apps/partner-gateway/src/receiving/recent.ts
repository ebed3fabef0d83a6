/** Answers of a moment ago: who the partners are and which contracts end changes rarely, and is checked again behind the endpoint. */
export class Recent<T> {
  readonly #known = new Map<string, { readonly until: number; readonly value: Promise<T> }>();

  constructor(
    private readonly load: (key: string) => Promise<T>,
    private readonly keptMs = 1000,
  ) {}

  get(key: string): Promise<T> {
    const known = this.#known.get(key);
    if (known && performance.now() < known.until) return known.value;
    const value = this.load(key);
    this.#known.set(key, { until: performance.now() + this.keptMs, value });
    value.catch(() => this.#known.delete(key));
    return value;
  }
}
