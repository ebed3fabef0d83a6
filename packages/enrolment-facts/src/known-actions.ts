import { inProgramme } from '@gpect/domain-values/identifiers';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import { type Facts, keptAs } from '@gpect/service-kit/inbox/event-handler';
import { modelOf } from '@gpect/service-kit/mongo/model';
import type { Session } from '@gpect/service-kit/mongo/transaction';
import type { Owners } from '@gpect/service-kit/rights/ownership';
import mongoose from 'mongoose';

/** What a service keeps of a collective action, from enrolment's events: that it is there, and whose it is. */
export interface KnownAction {
  readonly _id: string;
  readonly carriers?: readonly string[];
}

const schema: mongoose.Schema<KnownAction> = new mongoose.Schema<KnownAction>(
  { _id: String, carriers: [String] },
  { versionKey: false },
);
const modelFor = (connection: mongoose.Connection) => modelOf(connection, 'known_actions', schema);

export const KNOWN_ACTIONS = 'known_actions';
export const ACTION_TYPES = ['fr.gpect.enrolment.collective-action-launched.v1'] as const;

/** Keeps them, beside what else a service does with events. */
export function actionFacts(connection: mongoose.Connection): Facts<KnownAction> {
  return keptAs('actions', 1, {
    types: ACTION_TYPES,
    changesOf: actionsOf,
    apply: (actions, session) => keepActions(connection, actions, session),
  });
}

export function actionsOf(event: RecordedEvent): KnownAction[] {
  if (event.type !== 'fr.gpect.enrolment.collective-action-launched.v1') return [];
  const { programme, action, carriers } = event.data;
  return [{ _id: inProgramme(programme, action), carriers: carriers.map((c) => c.code) }];
}

export async function keepActions(
  connection: mongoose.Connection,
  actions: readonly KnownAction[],
  session: Session,
): Promise<void> {
  if (actions.length === 0) return;
  await modelFor(connection).bulkWrite(
    actions.map(({ _id, carriers = [] }) => ({
      updateOne: { filter: { _id }, update: { $set: { carriers: [...carriers] } }, upsert: true },
    })),
    { session },
  );
}

/** Which of these actions are launched, with their carriers. */
export async function findActions(
  connection: mongoose.Connection,
  ids: readonly string[],
): Promise<Map<string, KnownAction>> {
  const found = await modelFor(connection)
    .find({ _id: { $in: [...new Set(ids)] } })
    .lean();
  return new Map(found.map((a) => [a._id, a]));
}

/** Whose an action is; undefined while its launch has not arrived. */
export async function ownersOfAction(connection: mongoose.Connection, id: string): Promise<Owners | undefined> {
  const found = (await findActions(connection, [id])).get(id);
  return found && { carriers: found.carriers ?? [] };
}
