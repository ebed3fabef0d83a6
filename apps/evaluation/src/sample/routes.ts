import type { components } from '@gpect/contracts/generated/api-evaluation';
import { todayInParis } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { OwnRoutes, RoutedRequest } from '@gpect/service-kit/http/operations';
import { problemOf } from '@gpect/service-kit/http/problem';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import { survey } from '../survey/survey.js';
import { draw, type Method } from './draw.js';
import { frameOf, hashOf } from './frame.js';
import { remindSample } from './reminders.js';
import { type Asked, type DrawSample, type Sample, sample, sampleId } from './sample.js';
import { sampledSurveys } from './sampled.js';

type Schemas = components['schemas'];
type SampleAsked = RoutedRequest<{ programme: string; sample: string }>;
const CHUNK = 500;

/** Samples of firms: drawn, followed, reminded. */
export function sampleRoutes(context: ServiceContext) {
  const { connection, commands, runner } = context;
  const findSample = async ({ params }: SampleAsked): Promise<Sample> => {
    const id = sampleId(params.programme, params.sample);
    const found = (await runner.load<Sample>(sample.collection, [id])).get(id);
    if (!found) throw problemOf({ code: 'sample_unknown', kind: 'unknown', detail: `there is no sample ${id}` });
    return found;
  };

  /** The firms that a sample of the BEFORE wave drew. */
  const panelOf = async (programme: string, code: string) => {
    const id = sampleId(programme, code);
    const of = (await runner.load<Sample>(sample.collection, [id])).get(id);
    return of && { sample: of, sirets: new Set((await sampledSurveys(connection, of)).map(({ siret }) => siret)) };
  };

  const mark = async (asked: Asked, sirets: readonly string[], sampledOn: string) => {
    const { programme, wave, sample: code } = asked;
    const drawn = new Set(sirets);
    const stray = (await sampledSurveys(connection, asked)).find((s) => !drawn.has(s.siret));
    if (stray)
      throw problemOf({
        code: 'frame_changed',
        kind: 'transition',
        field: 'sample',
        state: 'DRAWN_IN_PART',
        allowed: [],
        detail: `sample ${code} was drawn in part from another frame, and was cut off; draw one with another code`,
      });
    for (let from = 0; from < sirets.length; from += CHUNK)
      await runner.run(
        sirets
          .slice(from, from + CHUNK)
          .map((siret) =>
            target(survey, inProgramme(programme, siret), { kind: 'sample', wave, sample: code, sampledOn }),
          ),
      );
  };
  return {
    'POST /samples': async ({ body, request }, response) => {
      const { drawnOn: stated, ...asked } = body;
      const { programme, sample: code, wave, frameOn } = asked;
      const today = todayInParis(new Date());
      const drawnOn = stated ?? today;
      const frame = await frameOf(connection, programme, wave, frameOn);
      const panel = asked.panelOf === undefined ? undefined : await panelOf(programme, asked.panelOf);
      const { sirets, strata } = draw(frame, methodOf(asked, panel?.sirets));
      const drawIt: DrawSample = {
        kind: 'draw',
        asked,
        panel: panel && { sample: panel.sample, known: panel.sirets.size },
        frame: frame.length,
        frameHash: hashOf(frame),
        drawn: sirets.length,
        strata,
        drawnOn,
        today,
      };
      const id = sampleId(programme, code);
      const known = (await runner.load<Sample>(sample.collection, [id])).get(id) ?? null;
      const decision = sample.decide(drawIt, known);
      if (!decision.ok) throw problemOf(decision.fault);
      // The firms first, the sample last: cut off on the way, the same request draws the same firms and goes on.
      if (!known) await mark(asked, sirets, drawnOn);
      await commands.handle({ request }, response, target(sample, id, drawIt));
    },
    'GET /samples/{programme}/{sample}': async (asked, response) => {
      const found = await findSample(asked);
      const { programme: _programme, ...drawn } = found;
      const waves = (await sampledSurveys(connection, found)).flatMap((s) => s.waves[drawn.wave] ?? []);
      const answered = waves.filter((w) => w.answer).length;
      const shown: Schemas['Sample'] = {
        ...drawn,
        strata: [...drawn.strata],
        answered,
        partly: waves.filter((w) => !w.answer && w.partly).length,
        waiting: drawn.drawn - answered,
        reminded: waves.filter((w) => !w.answer && w.reminders).length,
        ...(drawn.drawn > 0 ? { responseRate: answered / drawn.drawn } : {}),
      };
      response.json(shown);
    },
    'POST /samples/{programme}/{sample}/reminders': async (asked, response) => {
      const reminded = await remindSample(context, await findSample(asked), todayInParis(new Date()));
      const done: Schemas['Reminded'] = { reminded };
      response.json(done);
    },
  } satisfies Partial<OwnRoutes<'evaluation'>>;
}

/** What is asked for unclearly is refused by the sample itself. */
function methodOf({ panelOf, method, fraction = 0, seed = 0 }: Asked, of: ReadonlySet<string> = new Set()): Method {
  if (panelOf !== undefined) return { method: 'PANEL', of };
  return method === 'ALL' ? { method } : { method, fraction, seed };
}
