import type { components } from '@gpect/contracts/generated/api-enrolment';
import { todayInParis } from '@gpect/domain-values/calendar';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { CommandResponse } from '@gpect/service-kit/http/commands';
import type { OwnRoutes, RoutedRequest } from '@gpect/service-kit/http/operations';
import { Problem } from '@gpect/service-kit/http/problem';
import { type Grant, grantOf } from '@gpect/service-kit/rights/grant';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { findProgramme } from '../programme/lookup.js';
import { type CallCommand, type CallForProjects, callForProjects } from './call-for-projects.js';
import { callId, findCall } from './lookup.js';

type Schemas = components['schemas'];
type CallAsked = RoutedRequest<{ programme: string; call: string }>;

export function callRoutes({ commands, runner }: ServiceContext) {
  const today = () => todayInParis(new Date());
  const command = (asked: CallAsked, response: CommandResponse, what: CallCommand) =>
    commands.handle(asked, response, target(callForProjects, callId(asked.params.programme, asked.params.call), what));

  return {
    'POST /calls': async (asked, response) => {
      const call = asked.body;
      await findProgramme(runner, call.programme);
      const id = callId(call.programme, call.call);
      await commands.handle(asked, response, target(callForProjects, id, { kind: 'open', call }));
    },
    'GET /calls/{programme}/{call}': async (asked, response) => {
      const found = await findCall(runner, asked.params.programme, asked.params.call);
      response.json(shown(found, grantOf(asked.request)));
    },
    'POST /calls/{programme}/{call}/criteria': async (asked, response) => {
      const revision = asked.body;
      await command(asked, response, { kind: 'revise-criteria', revision, today: today() });
    },
    'POST /calls/{programme}/{call}/projects': async (asked, response) => {
      const { basins } = await findProgramme(runner, asked.params.programme);
      await command(asked, response, {
        kind: 'submit',
        project: asked.body,
        programmeBasins: basins.map((b) => b.code),
        today: today(),
      });
    },
    'POST /calls/{programme}/{call}/projects/{project}/scores': async (asked, response) => {
      const score = asked.body;
      await command(asked, response, { kind: 'score', project: asked.params.project, score, today: today() });
    },
    'POST /calls/{programme}/{call}/projects/{project}/decision': async (asked, response) => {
      const decided = asked.body;
      const role = decided.decidedFor.toLowerCase();
      if (!grantOf(asked.request).caller.roles.includes(role))
        throw new Problem(403, 'not-yours', 'This belongs to others', {
          detail: `a decision of the ${role} is recorded with a token of the ${role}`,
          french: `une décision de «\u00a0${role}\u00a0» s’enregistre avec un jeton de ce rôle`,
        });
      await command(asked, response, { kind: 'decide', project: asked.params.project, decided, today: today() });
    },
  } satisfies Partial<OwnRoutes<'enrolment'>>;
}

/** Best first, those that are scored by the criteria in force before the others; a carrier sees its own applications. */
function shown(state: CallForProjects, grant: Grant): Schemas['Call'] {
  const { projects, version, revisions, criteria, ...call } = state;
  const total = (p: (typeof projects)[number]) => (p.scored?.version === version ? p.scored.total : -1);
  return {
    ...call,
    version,
    criteria: [...criteria],
    revisions: [...revisions],
    projects: projects
      .filter((p) => grant.may({ carriers: p.applicants.map((a) => a.code) }))
      .sort((a, b) => total(b) - total(a) || a.project.localeCompare(b.project))
      .map(({ scored, decisions, ...project }) => ({
        ...project,
        ...(scored ? { scored: { ...scored, current: scored.version === version } } : {}),
        decisions: [...decisions],
      })),
  };
}
