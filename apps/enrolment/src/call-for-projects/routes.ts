import type { components } from '@gpect/contracts/generated/api-enrolment';
import { todayInParis } from '@gpect/domain-values/calendar';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { Problem } from '@gpect/service-kit/http/problem';
import { type Grant, grantOf } from '@gpect/service-kit/rights/grant';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import { type Request, type Response, Router } from 'express';
import { findProgramme } from '../programme/lookup.js';
import { type CallCommand, type CallForProjects, callForProjects } from './call-for-projects.js';
import { callId, findCall } from './lookup.js';

type Schemas = components['schemas'];
type CallRequest = Request<{ programme: string; call: string }>;

export function callRoutes({ door, runner }: ServiceContext): Router {
  const router = Router();
  const today = () => todayInParis(new Date());
  const command = (request: CallRequest, response: Response, what: CallCommand) =>
    door.handle(
      request,
      response,
      target(callForProjects, callId(request.params.programme, request.params.call), what),
    );

  router.post('/calls', async (request, response) => {
    const call = request.body as Schemas['OpenCall'];
    await findProgramme(runner, call.programme);
    const id = callId(call.programme, call.call);
    await door.handle(request, response, target(callForProjects, id, { kind: 'open', call }));
  });
  const at = '/calls/:programme/:call' as const;
  router.get(at, async (request, response) => {
    const found = await findCall(runner, request.params.programme, request.params.call);
    response.json(shown(found, grantOf(request)));
  });
  router.post(`${at}/criteria`, async (request, response) => {
    const revision = request.body as Schemas['ReviseCriteria'];
    await command(request, response, { kind: 'revise-criteria', revision, today: today() });
  });
  router.post(`${at}/projects`, async (request, response) => {
    const { basins } = await findProgramme(runner, request.params.programme);
    await command(request, response, {
      kind: 'submit',
      project: request.body as Schemas['SubmitProject'],
      programmeBasins: basins.map((b) => b.code),
      today: today(),
    });
  });
  router.post(`${at}/projects/:project/scores`, async (request, response) => {
    const score = request.body as Schemas['ScoreProject'];
    await command(request, response, { kind: 'score', project: request.params.project, score, today: today() });
  });
  router.post(`${at}/projects/:project/decision`, async (request, response) => {
    const decided = request.body as Schemas['DecideProject'];
    const role = decided.decidedFor.toLowerCase();
    if (!grantOf(request).caller.roles.includes(role))
      throw new Problem(403, 'not-yours', 'This belongs to others', {
        detail: `a decision of the ${role} is recorded with a token of the ${role}`,
        french: `une décision de «\u00a0${role}\u00a0» s’enregistre avec un jeton de ce rôle`,
      });
    await command(request, response, { kind: 'decide', project: request.params.project, decided, today: today() });
  });
  return router;
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
