/** Languages in which a clerk is spoken to; French where none is asked for. */
export type Language = 'fr' | 'en';
export type Params = Readonly<Record<string, string | number>>;

/** What is wrong, and what to do; `{name}` stands for a parameter. */
export interface Message {
  readonly fr: readonly [what: string, todo: string];
  readonly en: readonly [what: string, todo: string];
}

/** A sentence that can be said in each language. */
export type Said = Readonly<Record<Language, string>>;

export function said({ fr, en }: Message, params: Params = {}): Said {
  return {
    fr: `${filled(fr[0], params)}\u00a0: ${filled(fr[1], params)}`,
    en: `${filled(en[0], params)}; ${filled(en[1], params)}`,
  };
}

function filled(template: string, params: Params): string {
  const values = new Map(Object.entries(params));
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values.get(name) ?? ''));
}
