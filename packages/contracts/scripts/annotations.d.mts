export const SAID_IN_CATALOGUE: ReadonlySet<string>;
