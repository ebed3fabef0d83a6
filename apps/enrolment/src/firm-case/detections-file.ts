import { valuesOf } from '@gpect/contracts/event-contracts';
import type { Values } from '@gpect/contracts/generated/events';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { MATURITY_CRITERIA, type MaturityCriterion, type MaturityScores } from '@gpect/domain-values/maturity';
import type { ImportColumn } from '@gpect/file-imports/import-columns';
import type { LineCells } from '@gpect/file-imports/line-cells';
import type { LineImport } from '@gpect/file-imports/line-import';
import { importRemark } from '@gpect/file-imports/messages';
import type { Commune } from '@gpect/reference-data/communes';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import type { ServiceContext } from '@gpect/service-kit/service/definition';
import type { CollectiveAction } from '../collective-action/collective-action.js';
import { type Basin, basinOf, uncheckedCommune } from '../programme/basin-communes.js';
import { GEOGRAPHY } from '../programme/geography.js';
import type { Programme } from '../programme/programme.js';
import { casesOf } from './case-of.js';
import { type FirmCommand, firmCase } from './firm-case.js';

/** What a carrier writes in `suite` about what became of a firm. */
const RESULTS = ['ADHESION', 'ABANDON', 'REFUS'] as const;
/** The operation of each command that a line asks for. */
const OPERATIONS = {
  detect: 'detectFirm',
  qualify: 'qualifyFirm',
  sign: 'signAgreement',
  decline: 'declineFirm',
  abandon: 'abandonFirm',
  complete: 'completeFirm',
} as const;
type Reason = Values['Reason'];
type LineCommand = Extract<FirmCommand, { kind: keyof typeof OPERATIONS }>;
/** A command, and the body of the request that would ask for it. */
type Step = readonly [command: LineCommand, body: Readonly<Record<string, unknown>>];
/** What carriers call the criteria. */
const CRITERIA: Readonly<Record<MaturityCriterion, readonly string[]>> = {
  manager_commitment: ['engagement du dirigeant'],
  strategic_vision: ['vision stratégique'],
  social_climate: ['climat social'],
  hr_practice: ['pratique RH', 'pratiques RH'],
};
const COLUMNS: readonly ImportColumn[] = [
  { name: 'siret', holds: 'siret', aliases: ['n° siret', 'numéro siret', 'siret entreprise', 'siret établissement'] },
  { name: 'raison_sociale', aliases: ['entreprise', 'nom', "nom de l'entreprise", 'dénomination'] },
  { name: 'code_insee', mayBeEmpty: true, aliases: ['insee', 'code commune', 'commune insee'] },
  { name: 'bassin', mayBeEmpty: true, aliases: ["bassin d'emploi"] },
  { name: 'motif_bassin', mayBeEmpty: true, mayLack: true, aliases: ['motif du bassin'] },
  { name: 'naf', aliases: ['code naf', 'ape', 'code ape'] },
  { name: 'effectif', aliases: ['effectifs', 'nb salariés', 'nombre de salariés', 'salariés'] },
  { name: 'date_detection', holds: 'day', aliases: ['date de détection', 'détectée le', 'détecté le'] },
  { name: 'origine', aliases: ['origine détection', 'détecté par', 'source'] },
  ...MATURITY_CRITERIA.map((name) => ({ name, aliases: CRITERIA[name] })),
  { name: 'suite', mayBeEmpty: true, aliases: ['suites', 'résultat'] },
  { name: 'date_convention', holds: 'day', mayBeEmpty: true, aliases: ['date de convention', 'convention signée le'] },
  { name: 'date_fin', holds: 'day', mayBeEmpty: true, aliases: ['date de fin', 'fin'] },
  { name: 'motif_suite', mayBeEmpty: true, mayLack: true, aliases: ['motif de la suite', "motif d'abandon"] },
];
const SOURCES = ['PORTEUR', 'OPCA', 'BRANCHE', 'MAISON_EMPLOI'] as const;

const RESULT_WORDS = {
  ADHESION: ['adhérent', 'adhérente', 'convention signée'],
  ABANDON: ['abandonné'],
  REFUS: ['refusé'],
};
/** What carriers write of a reason. */
const REASON_WORDS: Readonly<Record<Reason, readonly string[]>> = {
  NO_TIME: ['manque de temps', 'pas le temps', 'temps'],
  NOT_THE_MOMENT: ['pas le moment', 'moment', 'saison'],
  NO_NEED: ['pas de besoin', 'besoin'],
  COST: ['coût', 'trop cher'],
  ECONOMIC_DIFFICULTIES: ['difficultés économiques', 'difficultés'],
  CHANGE_OF_MANAGER: ['changement de dirigeant', 'cession', 'reprise'],
  OTHER_SUPPORT: ['autre accompagnement', 'déjà accompagnée'],
  DISAGREEMENT: ['désaccord'],
  CLOSURE: ['cessation', 'fermeture', 'déménagement', 'liquidation'],
  OTHER: ['autre'],
};
const SOURCE_WORDS = { MAISON_EMPLOI: ["maison de l'emploi", 'mde'], OPCA: ['opca', 'opco'] };

/** A carrier's file of detections: one line is one firm, with all that happened to it so far. */
export function detectionsFile(
  { connection, runner }: ServiceContext,
  programme: Programme,
  action: CollectiveAction,
  today: string,
): LineImport {
  let cases = new Map<string, string>();
  const unchecked = new UncheckedCommunes();
  return {
    prepare: async (lines) => {
      const sirets = lines.map((cells) => cells.siret('siret'));
      cases = await casesOf(connection, runner, programme.programme, sirets);
    },
    columns: COLUMNS,
    mayBePending: true,
    remarks: () => unchecked.remarks(),
    columnOf: {
      name: 'raison_sociale',
      commune: 'code_insee',
      basin: 'bassin',
      basinReason: 'motif_bassin',
      headcount: 'effectif',
      detectedOn: 'date_detection',
      source: 'origine',
      signedOn: 'date_convention',
      enrolledOn: 'date_convention',
      completedOn: 'date_fin',
      abandonedOn: 'date_fin',
      reasonKind: 'motif_suite',
    },
    toLine: (cells) => {
      const siret = cells.siret('siret');
      const commune = cells.optional('code_insee', (column) => cells.commune(column));
      const basinReason = cells.optionalText('motif_bassin');
      const firm = {
        programme: programme.programme,
        action: action.action,
        basin: basinIn(cells, commune, action.basins, programme.basins),
        siret,
        name: cells.text('raison_sociale'),
        naf: cells.naf('naf'),
        headcount: cells.integer('effectif'),
        detectedOn: cells.day('date_detection'),
        source: cells.oneOf('origine', SOURCES, SOURCE_WORDS),
        ...(commune ? { commune } : {}),
        ...(basinReason ? { basinReason } : {}),
      };
      unchecked.see(uncheckedCommune(firm, programme.basins, GEOGRAPHY));
      const scores = Object.fromEntries(MATURITY_CRITERIA.map((c) => [c, cells.integer(c)])) as MaturityScores;
      const path = { programme: programme.programme, siret };
      const steps: Step[] = [
        [{ kind: 'qualify', scores, rules: programme, today }, { scores }],
        ...followUp(cells, today),
      ];
      const commands = steps.map(([command]) => command);
      return cells.done(() => ({
        target: target(
          firmCase,
          inProgramme(programme.programme, cases.get(siret) ?? siret),
          { kind: 'detect', firm, actionBasins: action.basins, basins: programme.basins, geography: GEOGRAPHY, today },
          ...commands,
        ),
        asks: [
          { operation: 'detectFirm', column: 'siret', body: firm },
          ...steps.map(([{ kind }, body]) => ({ operation: OPERATIONS[kind], column: 'siret', path, body })),
        ],
      }));
    },
  };
}

/** Communes of a file of which nothing says whether the basin beside them is theirs. */
class UncheckedCommunes {
  /** Named to the reader; of the others the count is enough. */
  static readonly NAMED = 5;
  readonly #names = new Map<string, string>();
  #lines = 0;

  see(commune: Commune | undefined): void {
    if (!commune) return;
    this.#lines++;
    this.#names.set(commune.code, commune.name);
  }

  remarks(): ReturnType<typeof importRemark>[] {
    if (this.#lines === 0) return [];
    const named = [...this.#names].slice(0, UncheckedCommunes.NAMED).map(([code, name]) => `${code} ${name}`);
    const more = this.#names.size > named.length ? '…' : '';
    return [importRemark('basin_unchecked', { count: this.#lines, communes: named.join(', ') + more })];
  }
}

/** The basin that is written, or else the one that the commune gives. */
function basinIn(
  cells: LineCells,
  commune: string | undefined,
  actionBasins: readonly string[],
  basins: readonly Basin[],
): string {
  const written = cells.optional('bassin', (column) => cells.code(column));
  if (written !== undefined) return written;
  const given = basinOf(commune ? { commune } : {}, actionBasins, basins, GEOGRAPHY);
  if (given.ok) return given.value;
  // Without a commune it is an empty cell like any other.
  if (commune) cells.break('bassin', given.fault);
  return commune ? '' : cells.code('bassin');
}

/** What became of the firm after it was qualified; nothing that another column denies. */
function followUp(cells: LineCells, today: string): Step[] {
  const result = cells.optional('suite', (column) => cells.oneOf(column, RESULTS, RESULT_WORDS));
  const signed = cells.optional('date_convention', (column) => cells.day(column));
  const end = cells.optional('date_fin', (column) => cells.day(column));
  const reasonKind = cells.optional('motif_suite', (column) => cells.oneOf(column, valuesOf('Reason'), REASON_WORDS));
  const why = reasonKind ? { reasonKind } : {};
  if (result !== 'ADHESION' && result !== 'ABANDON') {
    // Only a firm that signed has these days.
    if (signed !== undefined) cells.contradict('suite', 'date_convention');
    if (end !== undefined) cells.contradict('suite', 'date_fin');
    if (result !== 'REFUS') {
      if (why.reasonKind) cells.contradict('suite', 'motif_suite');
      return [];
    }
    return [[{ kind: 'decline', ...why }, why]];
  }
  const signedOn = cells.day('date_convention');
  const sign: Step = [{ kind: 'sign', signedOn, today }, { signedOn }];
  if (result === 'ABANDON') {
    const abandoned = { ...(end ? { abandonedOn: end } : {}), ...why };
    return [sign, [{ kind: 'abandon', ...abandoned }, abandoned]];
  }
  if (reasonKind) cells.contradict('suite', 'motif_suite');
  return end ? [sign, [{ kind: 'complete', completedOn: end, today }, { completedOn: end }]] : [sign];
}
