import type { Actor, Service } from '@gpect/programme/api-client';
import { bearerOf, type Field, formOf } from '../harness.js';

/** What a line of a file says, and the request that would say the same. */
export interface LineCase {
  readonly what: string;
  readonly actor: Actor;
  readonly service: Service;
  readonly query: Readonly<Record<string, string>>;
  readonly cells: Readonly<Record<string, string | number>>;
  readonly path: string;
  readonly body: object;
  /** The column at which the line is refused; none where it is its sender's to send. */
  readonly refusedAt?: string;
}

/** The things that lines are about: `own` belongs to who sends them, `others` to somebody else. */
export interface LineField {
  readonly programme: string;
  readonly own: string;
  readonly unstaffed: string;
  readonly others: string;
}

const STATE: Actor = { roles: ['state'] };
const EVALUATOR: Actor = { roles: ['evaluator'] };
const CARRIER: Actor = { roles: ['carrier'], carrier: 'cci-artois' };
const CONSULTANT: Actor = { roles: ['consultant'], consultant: 'C1' };

let sessions = 0;
function session(of: LineField, what: string, actor: Actor, siret: string, consultant: string, refused: boolean) {
  const id = `L${++sessions}`;
  const said = { consultant, stage: 'PRE_DIAGNOSTIC', theme: 'management' };
  return {
    what,
    actor,
    service: 'consulting' as const,
    query: { kind: 'sessions', programme: of.programme },
    cells: { session_id: id, siret, ...said, date: '2010-07-05', half_days: 1, participants: 'MANAGER' },
    path: `/assignments/${of.programme}/${siret}/sessions`,
    body: { session: id, ...said, heldOn: '2010-07-05', halfDays: 1, participants: ['MANAGER'] },
    ...(refused ? { refusedAt: 'siret' } : {}),
  };
}

function abandonment(of: LineField, what: string, actor: Actor, siret: string, refused: boolean): LineCase {
  return {
    what,
    actor,
    service: 'enrolment',
    query: { kind: 'detections', programme: of.programme, action: 'arras' },
    cells: {
      ...{ siret, raison_sociale: "Mécanique de l'Artois", code_insee: '', bassin: 'artois-ternois', naf: '25.62B' },
      ...{ effectif: 41, date_detection: '03/05/2010', origine: 'PORTEUR' },
      ...{ manager_commitment: 3, strategic_vision: 2, social_climate: 4, hr_practice: 2 },
      ...{ suite: 'ABANDON', date_convention: '01/06/2010', date_fin: '01/09/2010' },
    },
    path: `/firms/${of.programme}/${siret}/abandonment`,
    body: { abandonedOn: '2010-09-01' },
    ...(refused ? { refusedAt: 'siret' } : {}),
  };
}

function workshop(of: LineField, what: string, actor: Actor, action: string, refused: boolean): LineCase {
  const id = `W-${action}-${refused ? 'others' : 'own'}`;
  return {
    what,
    actor,
    service: 'workshops',
    query: { kind: 'workshops', programme: of.programme },
    cells: { workshop_id: id, action, date: '2010-09-02', theme: 'skills', invited: 3 },
    path: '/workshops',
    body: { programme: of.programme, action, workshop: id, plannedOn: '2010-09-02', theme: 'skills', expectedFirms: 3 },
    ...(refused ? { refusedAt: 'action' } : {}),
  };
}

function attendance(of: LineField, what: string, actor: Actor, at: string, siret: string, refused: boolean): LineCase {
  return {
    what,
    actor,
    service: 'workshops',
    query: { kind: 'attendance', programme: of.programme },
    cells: { workshop_id: at, siret, attendance: 'PRESENT' },
    path: `/workshops/${of.programme}/${at}/attendance`,
    body: { siret, attendance: 'PRESENT' },
    ...(refused ? { refusedAt: 'workshop_id' } : {}),
  };
}

const QUESTIONS = [
  ...['strategy_clear', 'strategy_shared', 'time_for_anticipation', 'information_flows', 'roles_clear'],
  ...['social_climate', 'staff_representation_dialogue', 'training_priority', 'training_policy_exists'],
];

function answer(of: LineField, what: string, actor: Actor, siret: string): LineCase {
  const answers = Object.fromEntries(QUESTIONS.map((question) => [question, 3]));
  return {
    what,
    actor,
    service: 'evaluation',
    query: { kind: 'answers', programme: of.programme, wave: 'BEFORE' },
    cells: { siret, date: '2010-07-06', ...answers },
    path: `/surveys/${of.programme}/${siret}/answers`,
    body: { wave: 'BEFORE', answeredOn: '2010-07-06', answers },
  };
}

/** Lines of every file that people send, each with the request that it stands for. */
export const lineCases = (of: LineField): LineCase[] => [
  session(of, 'a consultant, of its own firm', CONSULTANT, of.own, 'C1', false),
  session(of, 'a consultant, of a firm that nobody was given', CONSULTANT, of.unstaffed, 'C1', true),
  session(of, "a consultant, of another's firm under its own name", CONSULTANT, of.others, 'C1', true),
  session(of, "a consultant, of another's firm under the other's name", CONSULTANT, of.others, 'C9', true),
  session(of, "a consultant, of its own firm under another's name", CONSULTANT, of.own, 'C9', true),
  session(of, 'the State, of any firm', STATE, of.others, 'C9', false),
  abandonment(of, "a carrier, of a firm of another's action", CARRIER, of.others, true),
  workshop(of, 'a carrier, in its own action', CARRIER, 'arras', false),
  workshop(of, "a carrier, in another's action", CARRIER, 'lens', true),
  workshop(of, 'the State, in any action', STATE, 'lens', false),
  attendance(of, 'a carrier, at its own workshop', CARRIER, 'W1', of.own, false),
  attendance(of, "a carrier, at another's workshop", CARRIER, 'W9', of.own, true),
  attendance(of, "a carrier, at another's workshop, of another's firm", CARRIER, 'W9', of.others, true),
  answer(of, 'an evaluator, of any firm', EVALUATOR, of.own),
  abandonment(of, 'a carrier, of a firm of its own action', CARRIER, of.own, false),
];

interface Sent {
  /** What became of the line: where it was refused by rights, with which words, or undefined. */
  readonly refused?: { readonly column: string; readonly reason: string; readonly detail: string };
  /** Status and problem of the request that says the same. */
  readonly status: number;
  readonly problem: string;
}

/** Sends the line, and the request that it stands for. */
export async function sendBoth(field: Field, { actor, service, query, cells, path, body }: LineCase): Promise<Sent> {
  const headers = await bearerOf(field, actor);
  const base = field.stack.urls[service];
  const csv = `${Object.keys(cells).join(';')}\n${Object.values(cells).join(';')}\n`;
  const imported = await fetch(`${base}/imports?${new URLSearchParams(query)}`, {
    method: 'POST',
    headers,
    body: formOf('x.csv', csv),
  });
  const report = (await imported.json()) as { refusals?: NonNullable<Sent['refused']>[] };
  if (!report.refusals) throw new Error(`${imported.status} ${JSON.stringify(report)}`);
  const refused = report.refusals[0];
  const response = await fetch(base + path, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { ...(refused ? { refused } : {}), status: response.status, problem: await response.text() };
}
