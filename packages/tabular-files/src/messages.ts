/** Languages in which a clerk is spoken to; French where none is asked for. */
export type Language = 'fr' | 'en';
export type Params = Readonly<Record<string, string | number>>;

/** What is wrong, and what to do; `{name}` stands for a parameter, `[count?one|many]` for what fits a count. */
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

/** The same where a parameter is a phrase of its own in each language. */
export function saidIn(message: Message, fr: Params, en: Params): Said {
  return { fr: said(message, fr).fr, en: said(message, en).en };
}

/** What a funder alone can do, by its dialect, stands in brackets behind what everybody can. */
const FOR_FUNDERS = / \((?:un financeur peut|a funder can) [^()]*\)/g;

/** A sentence for who has no dialect. */
export function withoutDialect(sentence: string): string {
  return sentence.replace(FOR_FUNDERS, '');
}

const COUNTED = /\[(\w+)\?([^|\]]*)\|([^\]]*)\]/g;

/** A text as it is listed: of several. */
export function listed(template: string): string {
  return template.replace(COUNTED, '$3');
}

function filled(template: string, params: Params): string {
  const values = new Map(Object.entries(params));
  const fitting = template.replace(COUNTED, (_, name: string, one: string, many: string) =>
    values.get(name) === 1 ? one : many,
  );
  return fitting.replace(/\{(\w+)\}/g, (_, name: string) => String(values.get(name) ?? ''));
}
