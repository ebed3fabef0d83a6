import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { CommandResponse } from '@gpect/service-kit/http/commands';
import type { OwnRoutes, RoutedRequest } from '@gpect/service-kit/http/operations';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { type Consultant, consultant, consultantId, unfitness } from '../register/consultant.js';
import { shownPlan } from './action-plan.js';
import { type AssignmentCommand, assignment } from './assignment.js';
import { stagesOf } from './deliverables.js';
import { findAssignment } from './lookup.js';

type AssignmentAsked = RoutedRequest<{ programme: string; siret: string }>;

export function assignmentRoutes({ commands, runner }: ServiceContext) {
  const today = () => todayInParis(new Date());
  const command = (asked: AssignmentAsked, response: CommandResponse, what: AssignmentCommand) =>
    commands.handle(asked, response, target(assignment, inProgramme(asked.params.programme, asked.params.siret), what));
  return {
    'GET /assignments/{programme}/{siret}': async (asked, response) => {
      const found = await findAssignment(runner, asked.params);
      const { plan, budget, deliverables: _deliverables, ...rest } = found;
      const consumed = found.sessions.reduce((sum, s) => sum + s.halfDays, 0);
      response.json({
        ...rest,
        sessions: [...found.sessions].sort((a, b) => a.heldOn.localeCompare(b.heldOn)),
        stages: stagesOf(found),
        ...(plan ? { plan: shownPlan(plan, today()) } : {}),
        ...(budget === undefined
          ? {}
          : { budget: { planned: budget, consumed, overrun: Math.max(0, consumed - budget) } }),
      });
    },
    'POST /assignments/{programme}/{siret}/staffing': async (asked, response) => {
      const { programme } = asked.params;
      const chosen = asked.body;
      const id = consultantId(programme, chosen.consultant);
      const known = (await runner.load<Consultant>(consultant.collection, [id])).get(id);
      // A programme may work without a register: then nothing speaks against anybody.
      const against = known && unfitness(known);
      const decidedBy = asked.request.caller?.subject ?? 'unknown';
      await command(asked, response, { kind: 'staff', ...chosen, decidedBy, against });
    },
    'POST /assignments/{programme}/{siret}/deliverables': async (asked, response) => {
      const deliverable = asked.body;
      await command(asked, response, { kind: 'hand-over', deliverable, today: today() });
    },
    'POST /assignments/{programme}/{siret}/sessions': async (asked, response) => {
      const session = asked.body;
      await command(asked, response, { kind: 'record-session', session, today: today() });
    },
    'POST /assignments/{programme}/{siret}/budget': async (asked, response) => {
      await command(asked, response, { kind: 'budget', ...asked.body });
    },
    'POST /assignments/{programme}/{siret}/plan': async (asked, response) => {
      await command(asked, response, { kind: 'agree-plan', ...asked.body, today: today() });
    },
    'POST /assignments/{programme}/{siret}/plan/{item}/progress': async (asked, response) => {
      const said = asked.body;
      await command(asked, response, { kind: 'progress-item', item: asked.params.item, said, today: today() });
    },
    'POST /assignments/{programme}/{siret}/sessions/{session}/correction': async (asked, response) => {
      const { reason, ...session } = asked.body;
      const corrected = { session: asked.params.session, ...session };
      await command(asked, response, { kind: 'correct-session', session: corrected, reason, today: today() });
    },
    'POST /assignments/{programme}/{siret}/sessions/{session}/cancellation': async (asked, response) => {
      const { reason } = asked.body;
      await command(asked, response, { kind: 'cancel-session', session: asked.params.session, reason });
    },
  } satisfies Partial<OwnRoutes<'consulting'>>;
}
