import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { ACTION_TYPES, actionsOf, type KnownAction, keepActions } from '@gpect/enrolment-facts/known-actions';
import type { RecordedEvent } from '@gpect/service-kit/events/event';
import type { Projection } from '@gpect/service-kit/inbox/event-handler';
import type mongoose from 'mongoose';
import { type EnrolledFirm, firmsModel } from './enrolled-firms.js';

export type Change =
  | { readonly action: KnownAction }
  | { readonly firm: string; readonly set: Partial<Omit<EnrolledFirm, '_id'>> };

/** Keeps who is enrolled where, so that invitations follow enrolments by themselves and stop when a firm leaves. */
export function enrolmentFacts(connection: mongoose.Connection): Projection<Change> {
  return {
    kind: 'projection',
    types: [...ACTION_TYPES, 'fr.gpect.enrolment.firm-enrolled.v1', 'fr.gpect.enrolment.firm-abandoned.v1'],
    changesOf,
    apply: async (changes, session) => {
      const actions = changes.flatMap((c) => ('action' in c ? [c.action] : []));
      const firms = changes.flatMap((c) => ('firm' in c ? [c] : []));
      const upsert = (_id: string, set: object) => ({
        updateOne: { filter: { _id }, update: { $set: set }, upsert: true },
      });
      await keepActions(connection, actions, session);
      if (firms.length > 0)
        await firmsModel(connection).bulkWrite(
          firms.map(({ firm, set }) => upsert(firm, set)),
          { session },
        );
    },
  };
}

export function changesOf(event: RecordedEvent): Change[] {
  switch (event.type) {
    case 'fr.gpect.enrolment.collective-action-launched.v1':
      return actionsOf(event).map((action) => ({ action }));
    case 'fr.gpect.enrolment.firm-enrolled.v1': {
      const { programme, action, siret, enrolledOn } = event.data;
      return [
        { firm: inProgramme(programme, siret), set: { action: inProgramme(programme, action), siret, enrolledOn } },
      ];
    }
    case 'fr.gpect.enrolment.firm-abandoned.v1': {
      const { programme, siret, abandonedOn } = event.data;
      return [
        { firm: inProgramme(programme, siret), set: { leftOn: abandonedOn ?? todayInParis(new Date(event.time)) } },
      ];
    }
    default:
      return [];
  }
}
