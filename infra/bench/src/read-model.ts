import { fieldName } from '@gpect/service-kit/mongo/field-names';

export const PROGRAMME = 'bench';
const SESSIONS = 10;
const PAYMENTS = 4;
const ACTIONS = 60;
const BASINS = 30;
const FUNDER = 'opca-a';
const NAFS = ['01.11Z', '25.62B', '43.99C', '47.11F', '49.41A', '56.10A', '62.01Z', '86.21Z'];

export type StoredDocument = { _id: string } & Record<string, unknown>;

/** What events said of a firm, before reporting gives it the form in which it keeps it. */
interface Story {
  readonly keys: StoredDocument;
  readonly sessions: readonly { readonly heldOn: string; readonly halfDays: 1 }[];
  readonly payments: readonly { readonly paidOn: string; readonly cents: number }[];
}

/** A firm's document as reporting keeps it. */
export type Form = (story: Story) => StoredDocument;

/** Sums by day; `dirty` until they are in the cells. */
export const OF_CELLS: Form = ({ keys, sessions, payments }) => ({
  ...keys,
  sessions: byDay(
    sessions.map((s) => [s.heldOn, { sessions: 1, halfDays: 1, at: { PRE_DIAGNOSTIC: { MANAGER: 1 } } }]),
  ),
  spend: byDay(payments.map((p) => [p.paidOn, { [FUNDER]: { PLAN: p.cents } }])),
  spendLines: byDay(payments.map((p) => [p.paidOn, 1])),
  dirty: 1,
});

/** A record of every session and payment. */
export const OF_RECORDS: Form = ({ keys, sessions, payments }) => ({
  ...keys,
  held: Object.fromEntries(
    sessions.map(({ heldOn, halfDays }, k) => [
      `S${k}`,
      { q: 1, on: heldOn, halfDays, stage: 'PRE_DIAGNOSTIC', participants: ['MANAGER'] },
    ]),
  ),
  paid: Object.fromEntries(
    payments.map(({ paidOn, cents }, k) => [
      fieldName(`${FUNDER} ${keys['siret']}-${k}`),
      { q: 1, on: paidOn, funder: FUNDER, scheme: 'PLAN', cents },
    ]),
  ),
});

/** What is kept of the programme and of its actions: the same in both forms. */
export const PROGRAMMES: readonly StoredDocument[] = [
  {
    _id: PROGRAMME,
    name: 'Bench',
    opensOn: '2008-01-01',
    closesOn: '2014-12-31',
    targetHeadcount: 100,
    basins: Array.from({ length: BASINS }, (_, i) => `b${i}`),
  },
];
export const PROGRAMME_ACTIONS: readonly StoredDocument[] = Array.from({ length: ACTIONS }, (_, i) => ({
  _id: `${PROGRAMME}/a${i}`,
  programme: PROGRAMME,
  action: `a${i}`,
  basins: [`b${i % BASINS}`],
  carriers: [{ code: `c${i % 20}`, name: 'C' }],
}));

/** The n-th firm: ten sessions and four payments, each of its own day. */
export function firmStory(n: number): Story {
  const action = n % ACTIONS;
  const day = (k: number) => `${2008 + ((n + k) % 6)}-${two(1 + ((n * 7 + k) % 12))}-${two(1 + ((n * 3 + k) % 28))}`;
  const siret = String(n).padStart(14, '0');
  return {
    keys: {
      _id: `${PROGRAMME}/${siret}`,
      programme: PROGRAMME,
      siret,
      action: `a${action}`,
      basin: `b${action % BASINS}`,
      naf: NAFS[n % NAFS.length],
      headcount: (n * 13) % 300,
      detectedOn: `${2008 + (n % 5)}-01-15`,
      qualified: '',
      enrolledOn: `${2008 + (n % 5)}-03-${two(1 + (n % 28))}`,
    },
    sessions: Array.from({ length: SESSIONS }, (_, k) => ({ heldOn: day(k), halfDays: 1 })),
    payments: Array.from({ length: PAYMENTS }, (_, k) => ({ paidOn: day(k * 5), cents: 10_000 + n })),
  };
}

const two = (n: number) => String(n).padStart(2, '0');

function byDay<T>(said: readonly (readonly [string, T])[]): Record<string, T> {
  const days = Object.fromEntries(said);
  if (Object.keys(days).length < said.length)
    throw new Error('two of a firm are of one day: their sum is not made here');
  return days;
}
