/** What Jest gives of a file of tests, as far as its order needs it. */
interface SequencedTest {
  readonly path: string;
  readonly context: unknown;
}

export default class LongestFirst {
  constructor(options: { readonly contexts: readonly unknown[]; readonly globalConfig: unknown });
  sort<T extends SequencedTest>(tests: readonly T[]): T[];
}
