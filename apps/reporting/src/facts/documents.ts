import type { EventDataByType, Values } from '@gpect/contracts/generated/events';
import type { PlannedPhase } from '@gpect/domain-values/phase-plan';

type Answered = EventDataByType['fr.gpect.evaluation.survey-answered.v1'];

/** A day in the field, or nothing where its event gave none. */
type DayOrNone = string;

/** What reporting knows of one establishment in one programme; every field may come first, in any order of topics. */
export interface FirmDocument {
  readonly _id: string;
  readonly programme: string;
  readonly siret: string;
  readonly action?: string;
  readonly basin?: string;
  readonly naf?: string;
  readonly name?: string;
  readonly headcount?: number;
  /** INSEE code. */
  readonly commune?: string;
  readonly detectedOn?: string;
  readonly source?: string;
  readonly qualified?: DayOrNone;
  readonly notMature?: DayOrNone;
  readonly ineligible?: DayOrNone;
  readonly declined?: DayOrNone;
  /** Words of the list of reasons; empty where none was told. */
  readonly declinedWhy?: string;
  readonly abandonedWhy?: string;
  readonly enrolledOn?: string;
  readonly completedOn?: string;
  readonly abandoned?: DayOrNone;
  readonly suspended?: boolean;
  /** The case that is counted for this one. */
  readonly mergedInto?: string;
  /** The day on which an issue of a theme was noted last. */
  readonly issues?: Readonly<Record<string, string>>;
  /** Half-days that the firm may have. */
  readonly budget?: number;
  /** Sessions by reference, as they were last said. */
  readonly held?: Readonly<Record<string, SessionRecord>>;
  /** Invitations by workshop. */
  readonly invited?: Readonly<Record<string, InvitationRecord>>;
  /** Payments by funder and reference, as they were last said. */
  readonly paid?: Readonly<Record<string, PaymentRecord>>;
  /** Items of its action plan. */
  readonly plan?: Readonly<
    Record<
      string,
      { readonly agreedOn?: string; readonly status?: string; readonly on?: string; readonly theme?: string }
    >
  >;
  readonly answers?: Partial<Record<Values['Wave'], FirmAnswers>>;
  /** What counts of a wave that was not answered wholly. */
  readonly partlyAnswered?: Partial<Record<Values['Wave'], FirmAnswers>>;
  readonly trends?: Answered['trends'];
  readonly added?: Partial<Record<Values['Wave'], AddedAnswers>>;
  /** By sample, the day on which it was drawn. */
  readonly drawn?: Partial<Record<Values['Wave'], Readonly<Record<string, string>>>>;
  /** What was kept before `held`, `invited` and `paid` were: see sums-of-before.ts. */
  readonly sessions?: Readonly<Record<string, SessionsOfDay>>;
  readonly workshops?: Readonly<Record<string, { readonly invited?: number; readonly attended?: number }>>;
  /** Cents by day of payment, funder and scheme. */
  readonly spend?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;
  readonly spendLines?: Readonly<Record<string, number>>;
}

/** A record by the sequence of what said it. The sequence stands first: MongoDB compares documents field by field. */
export interface Versioned {
  readonly q: number;
}

/** A session, without anything but its sequence where it was cancelled. */
export type SessionRecord = Versioned & {
  readonly on?: string;
  readonly halfDays?: number;
  readonly stage?: string;
  readonly theme?: string;
  readonly participants?: readonly string[];
};

export type InvitationRecord = Versioned & {
  readonly on: string;
  readonly came: boolean;
};

/** A payment, without anything but its revision where it was taken back. */
export type PaymentRecord = Versioned & {
  readonly on?: string;
  readonly funder?: string;
  readonly scheme?: string;
  readonly cents?: number;
};

export interface SessionsOfDay {
  readonly sessions?: number;
  readonly halfDays?: number;
  /** Participants, by stage and group. */
  readonly at?: Partial<Record<Values['Stage'] | 'NONE', Partial<Record<Values['Participant'], number>>>>;
}

export interface FirmAnswers {
  readonly on: string;
  readonly answers: Readonly<Record<string, number>>;
}

/** Answers to questions that a programme added, by question; of a text the mark alone (choice-mark.ts). */
export interface AddedAnswers {
  readonly on: string;
  readonly answers: Readonly<Record<string, { readonly number: number } | { readonly mark: number }>>;
}

export interface ProgrammeDocument {
  readonly _id: string;
  readonly name: string;
  readonly opensOn: string;
  readonly closesOn: string;
  readonly targetHeadcount: number;
  readonly basins: readonly string[];
  readonly basinNames?: Readonly<Record<string, string>>;
  /** By funder, the day on which its last file was read. */
  readonly spendReadOn?: Readonly<Record<string, string>>;
  /** What of its figures may be told, where the programme says so. */
  /** Versions of the framework that all consultants work by, and the days on which they were published. */
  readonly frameworks?: Readonly<Record<string, string>>;
  /** Calls for projects: when each opened, and when each later version of its criteria came. */
  readonly calls?: Readonly<
    Record<string, { readonly opensOn?: string; readonly revised?: Readonly<Record<string, string>> }>
  >;
  readonly disclosure?: EventDataByType['fr.gpect.enrolment.programme-opened.v1']['disclosure'];
}

export interface ActionDocument {
  readonly _id: string;
  readonly programme: string;
  readonly action: string;
  readonly basins?: readonly string[];
  readonly carriers?: readonly { readonly code: string; readonly name: string }[];
  readonly name?: string;
  readonly startsOn?: string;
  readonly call?: string;
  /** The project of that call. */
  readonly project?: string;
  /** Firms that it means to accompany. */
  readonly targetFirms?: number;
  readonly durationMonths?: number;
  readonly platforms?: readonly string[];
  /** By name (as a field is called), what was said of the life of a platform. */
  readonly platformLives?: Readonly<Record<string, PlatformLife>>;
  readonly plan?: readonly PlannedPhase<Values['Phase']>[];
  readonly phasesStarted?: Readonly<Partial<Record<Values['Phase'], string>>>;
  /** By code: since when a partner takes part, whether it left, and when it last came to the committee. */
  readonly partners?: Readonly<
    Record<string, { readonly name?: string; readonly since?: string; readonly left?: boolean }>
  >;
  readonly seen?: Readonly<Record<string, string>>;
  /** By code: what a partner is, and from when to when it takes part; `leftOn` is empty while it does. */
  readonly partnership?: Readonly<
    Record<string, { readonly kind?: string; readonly since?: string; readonly leftOn?: string }>
  >;
  /** Meetings of its committee, by number. */
  readonly committee?: Readonly<Record<string, MeetingHeld>>;
  /** Sources of the diagnostic of its territory, by the day from which they count; and what is particular to its basins. */
  readonly diagnostic?: Readonly<Record<string, DayOrNone>>;
  readonly specificities?: Readonly<Record<string, string>>;
  readonly cooperation?: Readonly<Partial<Record<'START' | 'END', CooperationAssessed>>>;
  /** By version. */
  readonly visions?: Readonly<Record<string, VisionAdopted>>;
}

export interface MeetingHeld {
  readonly heldOn?: string;
  /** By number. */
  readonly decided?: Readonly<
    Record<string, { readonly text: string; readonly owner?: string; readonly dueOn?: string }>
  >;
  /** What became of a decision, by its number and the day on which it was said. */
  readonly followed?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface PlatformLife {
  readonly establishedOn?: DayOrNone;
  readonly basins?: readonly string[];
  /** Whether it was alive, by the day on which somebody looked. */
  readonly seen?: Readonly<Record<string, boolean>>;
}

/** The issues of an action's firms, drawn together to a vision of its territory. */
export type VisionAdopted = Pick<
  EventDataByType['fr.gpect.enrolment.territory-vision-adopted.v1'],
  'adoptedOn' | 'vision' | 'firms' | 'issues'
>;

/** What an OPCA says of the training practices of the firms that it funds. */
export interface PracticesDocument
  extends Pick<
    EventDataByType['fr.gpect.evaluation.training-practices-surveyed.v1'],
    'programme' | 'funder' | 'surveyedOn'
  > {
  readonly _id: string;
  /** Null where they are too few to tell. */
  readonly firmsSeen: number | null;
  /** Those of the list, and those beside it. */
  readonly practices: readonly { readonly practice: string; readonly firms: number | null }[];
}

/** How a sample of the survey was drawn. */
export interface SampleDocument
  extends Pick<
    EventDataByType['fr.gpect.evaluation.survey-sample-drawn.v1'],
    'programme' | 'sample' | 'wave' | 'method' | 'fraction' | 'panelOf' | 'algorithm' | 'frameOn' | 'drawnOn'
  > {
  readonly _id: string;
  /** Null where they are too few to tell. */
  readonly frame: number | null;
  readonly drawn: number | null;
}

/** A version of the questionnaire. */
export interface QuestionnaireDocument
  extends Pick<
    EventDataByType['fr.gpect.evaluation.questionnaire-published.v1'],
    'programme' | 'version' | 'appliesFrom' | 'questions'
  > {
  readonly _id: string;
}

/** What somebody of a firm said; without its words where the firm does not agree that they are published. */
export interface VerbatimDocument
  extends Pick<
    EventDataByType['fr.gpect.evaluation.survey-verbatim-recorded.v1'],
    'programme' | 'siret' | 'theme' | 'saidOn' | 'consentedOn'
  > {
  readonly _id: string;
  readonly by: Values['Participant'] | null;
  readonly text: string | null;
}

/** Consultants of a programme met to exchange their practices. */
export interface ExchangeDocument {
  readonly _id: string;
  readonly programme: string;
  readonly heldOn: string;
  readonly consultants: readonly string[];
}

export interface CooperationAssessed {
  readonly assessedOn: string;
  readonly pairs: number;
  readonly together: number;
}

export interface WorkshopDocument {
  readonly _id: string;
  readonly programme: string;
  readonly action: string;
  readonly heldOn: string;
  readonly theme?: string;
}

/** A project that was submitted to a call, with what became of it. */
export interface ProjectDocument {
  readonly _id: string;
  readonly programme: string;
  readonly call: string;
  readonly project: string;
  readonly name?: string;
  readonly targetFirms?: number;
  readonly submittedOn?: string;
  /** As it was scored last, by version of the criteria and who scored. */
  readonly scores?: Readonly<
    Record<string, { readonly on: string; readonly total: number; readonly innovation: number }>
  >;
  /** By for whom it was decided. */
  readonly decided?: Readonly<Record<string, { readonly on: string; readonly outcome: string }>>;
}

/** A person who took part in workshops of an action, under the carrier's own number; names are not kept. */
export interface PersonDocument {
  readonly _id: string;
  readonly programme: string;
  readonly action: string;
  readonly person: string;
  /** By workshop. */
  readonly came?: Readonly<
    Record<string, { readonly on: string; readonly audience: string; readonly present: boolean }>
  >;
  readonly feedback?: Readonly<
    Record<string, { readonly on: string; readonly satisfaction: number; readonly usefulness: number }>
  >;
}

/** The refused lines that one event carried. */
export interface RefusalsDocument {
  readonly _id: string;
  readonly programme: string;
  readonly file: string;
  /** Subject and sequence of that event. */
  readonly of: string;
  readonly sequence: number;
  readonly lines: readonly { readonly line: number; readonly reason: string }[];
}

/** A file of spend that was read again or withdrawn: the sequences at which what was said before no longer holds. */
export interface SpendFileDocument {
  readonly _id: string;
  readonly programme: string;
  readonly restarts?: readonly number[];
}

/** An establishment that goes on under another SIRET. */
export interface MoveDocument {
  readonly _id: string;
  readonly successor: string;
}

export interface ReadModel {
  readonly programmes: ProgrammeDocument;
  readonly actions: ActionDocument;
  readonly firms: FirmDocument;
  readonly workshops: WorkshopDocument;
  readonly refusals: RefusalsDocument;
  readonly spendFiles: SpendFileDocument;
  readonly moves: MoveDocument;
  readonly practices: PracticesDocument;
  readonly exchanges: ExchangeDocument;
  readonly projects: ProjectDocument;
  readonly persons: PersonDocument;
  readonly samples: SampleDocument;
  readonly questionnaires: QuestionnaireDocument;
  readonly verbatims: VerbatimDocument;
}

export type CollectionName = keyof ReadModel;
