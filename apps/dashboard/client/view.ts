/** What the glance page shows: all of it stands in its address, so that a link shows exactly this view. */
export interface View {
  readonly programme: string;
  /** Why somebody with full sight looks at every figure; what was released without it. */
  readonly purpose: string;
  /** Id of the figure by which basins are shown. */
  readonly mapped: string;
  /** Id of the figure that is open; none where it is empty. */
  readonly open: string;
}

const DEFAULTS: View = { programme: '', purpose: '', mapped: 'accompanied', open: '' };
/** How an address calls them: in French, as its readers are. */
const NAMES: Readonly<Record<keyof View, string>> = {
  programme: 'dispositif',
  purpose: 'finalite',
  mapped: 'carte',
  open: 'chiffre',
};
const KEYS = Object.keys(NAMES) as (keyof View)[];

export function viewIn(query: URLSearchParams): View {
  const said = KEYS.map((key) => [key, query.get(NAMES[key]) ?? DEFAULTS[key]]);
  return Object.fromEntries(said) as unknown as View;
}

/** The address of another view; what is not of the view (the language) stays in it. */
export function queryOf(before: URLSearchParams, change: Partial<View>): URLSearchParams {
  const view = { ...viewIn(before), ...change };
  const query = new URLSearchParams(before);
  for (const key of KEYS) {
    if (view[key] === DEFAULTS[key]) query.delete(NAMES[key]);
    else query.set(NAMES[key], view[key]);
  }
  return query;
}
