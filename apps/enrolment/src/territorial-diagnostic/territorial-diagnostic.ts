import { isDeepStrictEqual } from 'node:util';
import type { EventDataByType } from '@gpect/contracts/generated/events';
import type { CalendarDate } from '@gpect/domain-values/calendar';
import { fail, ok } from '@gpect/domain-values/result';
import { unreachable } from '@gpect/domain-values/unreachable';
import type { Aggregate, DecisionOf } from '@gpect/service-kit/aggregate/aggregate';
import { inFuture, notKnown, saidOtherwise, tooEarly } from '@gpect/service-kit/aggregate/refusals';
import { issuesByTheme } from './issues.js';

type Decision = DecisionOf<'enrolment/territorial diagnostic'>;

type Keys = 'programme' | 'action';
type Source = Omit<EventDataByType['fr.gpect.enrolment.diagnostic-source-added.v1'], Keys>;
type Specificity = Omit<EventDataByType['fr.gpect.enrolment.territory-specificity-noted.v1'], Keys>;
export type Issue = Omit<EventDataByType['fr.gpect.enrolment.firm-issue-noted.v1'], Keys>;
type Vision = Omit<EventDataByType['fr.gpect.enrolment.territory-vision-adopted.v1'], Keys>;

export interface TerritorialDiagnostic {
  readonly programme: string;
  readonly action: string;
  readonly sources: readonly Source[];
  readonly specificities: readonly Specificity[];
  readonly issues: readonly Issue[];
  readonly visions: readonly Vision[];
}

/** The action that a diagnostic is of; part of the commands, for the first one begins the diagnostic. */
interface OfAction {
  readonly programme: string;
  readonly action: string;
  readonly basins: readonly string[];
}

export type DiagnosticCommand = { readonly of: OfAction; readonly today: CalendarDate } & (
  | { readonly kind: 'add-source'; readonly source: Source }
  | { readonly kind: 'note-specificity'; readonly specificity: Specificity }
  /** `firm` is the action that the firm has a case in, with its basin. */
  | {
      readonly kind: 'note-issue';
      readonly issue: Omit<Issue, 'basin'>;
      readonly firm: { readonly action: string; readonly basin: string } | undefined;
    }
  | { readonly kind: 'adopt-vision'; readonly adoptedOn: CalendarDate; readonly vision: string }
);

/**
 * What is known of an action's territory: sources, what is particular to its basins, the issues of its firms, and the
 * vision that is drawn from them. Source: bilan 2007-2013, sections 1 and 6 (diagnostics developed on the territories).
 */
export const territorialDiagnostic: Aggregate<
  'enrolment/territorial diagnostic',
  TerritorialDiagnostic | null,
  DiagnosticCommand
> = {
  collection: 'territorial_diagnostics',
  initial: null,
  decide: (command, state) => {
    const { programme, action } = command.of;
    switch (command.kind) {
      case 'add-source': {
        const { source } = command;
        const known = state?.sources.find((s) => s.source === source.source);
        if (known && isDeepStrictEqual({ ...known }, { ...source })) return ok([]);
        if (known) return fail(saidOtherwise('source', source.source, { state: 'RECORDED', allowed: ['add-source'] }));
        if (source.publishedOn && source.publishedOn > command.today)
          return fail(inFuture('publishedOn', source.publishedOn, 'add a source once it is published'));
        return ok([{ type: 'fr.gpect.enrolment.diagnostic-source-added.v1', data: { programme, action, ...source } }]);
      }
      case 'note-specificity':
        return noteSpecificity(command.specificity, command.of, state);
      case 'note-issue':
        return noteIssue(command, state);
      case 'adopt-vision':
        return adoptVision(command, state);
      default:
        return unreachable(command satisfies never);
    }
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'fr.gpect.enrolment.diagnostic-source-added.v1': {
        const { programme, action, ...source } = event.data;
        return begun(state, programme, action, (d) => ({ sources: [...d.sources, source] }));
      }
      case 'fr.gpect.enrolment.territory-specificity-noted.v1': {
        const { programme, action, ...noted } = event.data;
        return begun(state, programme, action, (d) => ({ specificities: [...d.specificities, noted] }));
      }
      case 'fr.gpect.enrolment.firm-issue-noted.v1': {
        const { programme, action, ...issue } = event.data;
        return begun(state, programme, action, (d) => ({ issues: [...d.issues, issue] }));
      }
      case 'fr.gpect.enrolment.territory-vision-adopted.v1': {
        const { programme, action, ...vision } = event.data;
        return begun(state, programme, action, (d) => ({ visions: [...d.visions, vision] }));
      }
      default:
        return unreachable(event satisfies never);
    }
  },
};

function begun(
  state: TerritorialDiagnostic | null,
  programme: string,
  action: string,
  change: (state: TerritorialDiagnostic) => Partial<TerritorialDiagnostic>,
): TerritorialDiagnostic {
  const before = state ?? { programme, action, sources: [], specificities: [], issues: [], visions: [] };
  return { ...before, ...change(before) };
}

function noteSpecificity(
  specificity: Specificity,
  { programme, action, basins }: OfAction,
  state: TerritorialDiagnostic | null,
): Decision {
  const known = state?.specificities.find((s) => s.specificity === specificity.specificity);
  if (known && isDeepStrictEqual({ ...known }, { ...specificity })) return ok([]);
  if (known)
    return fail(
      saidOtherwise('specificity', specificity.specificity, { state: 'RECORDED', allowed: ['note-specificity'] }),
    );
  if (!basins.includes(specificity.basin))
    return fail(notKnown('basin', specificity.basin, `the action has ${basins.join(', ')}`));
  const sources = (state?.sources ?? []).map((s) => s.source);
  const missing = specificity.sources.find((source) => !sources.includes(source));
  if (missing)
    return fail(notKnown('sources', missing, `add the source first; there are ${sources.join(', ') || 'none'}`));
  return ok([
    { type: 'fr.gpect.enrolment.territory-specificity-noted.v1', data: { programme, action, ...specificity } },
  ]);
}

function noteIssue(
  { issue, firm, of, today }: DiagnosticCommand & { kind: 'note-issue' },
  state: TerritorialDiagnostic | null,
): Decision {
  const { programme, action } = of;
  if (firm?.action !== action)
    return fail(notKnown('siret', issue.siret, `this firm has no case in action ${action}; detect it first`));
  const known = state?.issues.find((i) => i.siret === issue.siret && i.theme === issue.theme);
  if (known && isDeepStrictEqual({ ...known }, { ...issue, basin: firm.basin })) return ok([]);
  if (known) return fail(saidOtherwise('theme', issue.theme, { state: 'NOTED', allowed: ['note-issue'] }));
  if (issue.notedOn > today) return fail(inFuture('notedOn', issue.notedOn, 'note an issue once it is found'));
  return ok([
    {
      type: 'fr.gpect.enrolment.firm-issue-noted.v1',
      data: { programme, action, basin: firm.basin, ...issue },
    },
  ]);
}

function adoptVision(
  { of, adoptedOn, vision, today }: DiagnosticCommand & { kind: 'adopt-vision' },
  state: TerritorialDiagnostic | null,
): Decision {
  const { programme, action } = of;
  const last = state?.visions.at(-1);
  if (last?.adoptedOn === adoptedOn && last.vision === vision) return ok([]);
  if (!state || state.sources.length === 0 || state.issues.length === 0)
    return fail({
      code: 'diagnostic_empty',
      kind: 'rule',
      detail: 'a vision is drawn from sources and from the issues of firms; add at least one of each first',
    });
  if (adoptedOn > today) return fail(inFuture('adoptedOn', adoptedOn, 'record a vision once it is adopted'));
  if (last && adoptedOn < last.adoptedOn)
    return fail(tooEarly('adoptedOn', adoptedOn, `version ${last.version}, adopted on ${last.adoptedOn}`));
  return ok([
    {
      type: 'fr.gpect.enrolment.territory-vision-adopted.v1',
      data: {
        programme,
        action,
        version: (last?.version ?? 0) + 1,
        adoptedOn,
        vision,
        firms: new Set(state.issues.map((i) => i.siret)).size,
        issues: issuesByTheme(state.issues),
      },
    },
  ]);
}
