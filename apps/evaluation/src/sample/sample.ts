import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { fail, ok } from '@gpect/domain-values/result';
import type { Aggregate, DecisionOf, Refusal } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture, notKnown, saidOtherwise, tooEarly } from '@gpect/service-kit/aggregate/refusals';
import { ALGORITHM, type Stratum } from './draw.js';

type Decision = DecisionOf<'evaluation/survey sample'>;

export type Sample = EventDataByType['fr.gpect.evaluation.survey-sample-drawn.v1'];
/** What was asked for. */
export type Asked = Pick<
  Sample,
  'programme' | 'sample' | 'wave' | 'method' | 'panelOf' | 'fraction' | 'seed' | 'frameOn' | 'remindAfterDays'
>;

/** The sample that a panel is of, and of how many of its firms that is still known. */
export interface Panel {
  readonly sample: Pick<Sample, 'wave' | 'drawn'>;
  readonly known: number;
}

export interface DrawSample {
  readonly kind: 'draw';
  readonly asked: Asked;
  /** What `panelOf` names, where there is such a sample. */
  readonly panel?: Panel | undefined;
  readonly frame: number;
  /** SHA-256 of the frame's SIRETs, sorted, a line each. */
  readonly frameHash: string;
  readonly drawn: number;
  readonly strata: readonly Stratum[];
  readonly drawnOn: CalendarDate;
  readonly today: CalendarDate;
}

export const sampleId = (programme: string, code: string) => inProgramme(programme, 'samples', code);

/** A sample of firms, with all that is needed to draw it again. */
export const sample: Aggregate<'evaluation/survey sample', Sample | null, DrawSample> = {
  collection: 'survey_samples',
  initial: null,
  decide: (command, state) => {
    const unfit = state ? repeated(command.asked, state) : unfitDraw(command);
    if (unfit) return unfit;
    const { asked, frame, frameHash, drawn, strata, drawnOn } = command;
    return ok([
      {
        type: 'fr.gpect.evaluation.survey-sample-drawn.v1',
        data: {
          ...asked,
          algorithm: ALGORITHM[asked.panelOf === undefined ? asked.method : 'PANEL'],
          frame,
          frameHash,
          drawn,
          strata: [...strata],
          drawnOn,
        },
      },
    ]);
  },
  evolve: (_state, event) => event.data,
};

/** A sample is drawn once: asked for again as it is, it stays; firms that came since are for another sample. */
function repeated(asked: Asked, state: Sample): Decision {
  const { programme, sample: code, wave, method, panelOf, fraction, seed, frameOn, remindAfterDays } = state;
  const before: Asked = {
    programme,
    sample: code,
    wave,
    method,
    ...(panelOf === undefined ? {} : { panelOf }),
    ...(fraction === undefined ? {} : { fraction }),
    ...(seed === undefined ? {} : { seed }),
    frameOn,
    ...(remindAfterDays ? { remindAfterDays } : {}),
  };
  if (isDeepStrictEqual(before, { ...asked })) return ok([]);
  return fail(saidOtherwise('sample', asked.sample, { state: 'DRAWN', allowed: [] }));
}

function unfitDraw(command: DrawSample): Decision | undefined {
  const { asked, frame, drawn, drawnOn, today } = command;
  const { method, fraction, seed, frameOn } = asked;
  const stated = fraction !== undefined && seed !== undefined;
  if (method === 'STRATIFIED' ? !stated : fraction !== undefined || seed !== undefined)
    return fail({
      code: 'method_unclear',
      kind: 'rule',
      field: method === 'STRATIFIED' && seed === undefined ? 'seed' : 'fraction',
      detail: 'STRATIFIED is drawn by a fraction and a seed; ALL has neither',
      french: 'STRATIFIED se tire par une fraction et une graine (seed)\u00a0; ALL n’a ni l’une ni l’autre',
    });
  if (frameOn > today) return fail(inFuture('frameOn', frameOn, 'the frame is the firms of a day that has come'));
  if (drawnOn > today) return fail(inFuture('drawnOn', drawnOn, 'give the day on which it was drawn'));
  if (drawnOn < frameOn) return fail(tooEarly('drawnOn', drawnOn, `the day of the frame, ${frameOn}`));
  if (frame === 0) return fail(nobody('frame_empty', asked));
  const unfit = asked.panelOf === undefined ? undefined : unfitPanel(asked.panelOf, command);
  if (unfit) return fail(unfit);
  return drawn === 0 ? fail(nobody('panel_empty', asked)) : undefined;
}

/** The same firms are asked after as before: those of a sample of the BEFORE wave, all of which are known to be of it. */
function unfitPanel(panelOf: string, { asked: { wave, method }, panel }: DrawSample): Refusal | undefined {
  if (!panel) return notKnown('panelOf', panelOf, 'there is no such sample of this programme');
  const { sample: of, known } = panel;
  if (wave !== 'AFTER' || method !== 'ALL' || of.wave !== 'BEFORE')
    return {
      code: 'panel_unclear',
      kind: 'rule',
      field: 'panelOf',
      value: panelOf,
      detail: 'a panel is drawn whole (ALL) in the AFTER wave, from a sample of the BEFORE wave',
      french: 'un panel se tire en entier (ALL) dans la vague AFTER, à partir d’un échantillon de la vague BEFORE',
    };
  if (known === of.drawn) return undefined;
  return {
    code: 'panel_overlaid',
    kind: 'transition',
    field: 'panelOf',
    value: panelOf,
    state: 'DRAWN',
    allowed: [],
    detail: `of the ${of.drawn} firms of ${panelOf} ${known} are known: others were drawn into a later sample of the wave too; draw a sample by fraction and seed`,
    french: `des ${of.drawn} entreprises de ${panelOf}, ${known} sont connues\u00a0: d’autres ont été tirées aussi dans un échantillon ultérieur de la vague\u00a0; tirez un échantillon par fraction et graine`,
  };
}

function nobody(code: 'frame_empty' | 'panel_empty', { wave, frameOn, panelOf }: Asked): Refusal {
  const [event, fait] = wave === 'BEFORE' ? ['enrolled', 'n’avait adhéré'] : ['completed', 'n’avait terminé'];
  const [of, de] = code === 'panel_empty' ? [` of ${panelOf}`, ` de ${panelOf}`] : ['', ''];
  return {
    code,
    kind: 'rule',
    field: 'frameOn',
    value: frameOn,
    detail: `no firm${of} was ${event} by ${frameOn}; there is nobody to draw`,
    french: `aucune entreprise${de} ${fait} au ${frameOn}\u00a0: il n’y a personne à tirer`,
  };
}
