import { inProgramme } from '@gpect/domain-values/identifiers';
import { MATURITY_CRITERIA, type MaturityScores } from '@gpect/domain-values/maturity';
import { isNaf } from '@gpect/domain-values/naf';
import { fail, ok } from '@gpect/domain-values/result';
import { target } from '@gpect/service-kit/aggregate/aggregate';
import { dateCell, siretCell } from '@gpect/service-kit/imports/cell-rules';
import { CellReader, type LineImport } from '@gpect/service-kit/imports/line-import';
import type { ServiceContext } from '@gpect/service-kit/service/service';
import type { CollectiveAction } from '../collective-action/collective-action.js';
import { casesOf } from '../moves/case-of.js';
import type { Programme } from '../programme/programme.js';
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
type LineCommand = Extract<FirmCommand, { kind: keyof typeof OPERATIONS }>;
const SOURCES = ['PORTEUR', 'OPCA', 'BRANCHE', 'MAISON_EMPLOI'] as const;

/** A carrier's file of detections: one line is one firm, with all that happened to it so far. */
export function detectionsFile(
  { connection, runner }: ServiceContext,
  programme: Programme,
  action: CollectiveAction,
  today: string,
): LineImport {
  let cases = new Map<string, string>();
  return {
    prepare: async (lines) => {
      const sirets = lines.map((line) => (line['siret'] ?? '').trim());
      cases = await casesOf(connection, runner, programme.programme, sirets);
    },
    columns: [
      'siret',
      'raison_sociale',
      'code_insee',
      'bassin',
      'naf',
      'effectif',
      'date_detection',
      'origine',
      ...MATURITY_CRITERIA,
      'suite',
      'date_convention',
      'date_fin',
    ],
    columnOf: {
      siret: 'siret',
      name: 'raison_sociale',
      basin: 'bassin',
      headcount: 'effectif',
      naf: 'naf',
      detectedOn: 'date_detection',
      enrolledOn: 'date_convention',
      completedOn: 'date_fin',
      abandonedOn: 'date_fin',
    },
    toLine: (line) => {
      const cells = new CellReader(line);
      const siret = siretCell(cells, 'siret');
      const naf = cells.read(
        'naf',
        (text) => (isNaf(text) ? ok(text) : fail('naf_unknown')),
        'give a subclass of NAF rev. 2, e.g. 25.62B',
      );
      const commune = cells.optionalText('code_insee');
      const firm = {
        programme: programme.programme,
        action: action.action,
        basin: cells.text('bassin'),
        siret,
        name: cells.text('raison_sociale'),
        naf,
        headcount: cells.integer('effectif', 0, 1_000_000),
        detectedOn: dateCell(cells, 'date_detection', 'french'),
        source: cells.oneOf('origine', SOURCES),
        ...(commune ? { commune } : {}),
      };
      if (commune && !/^[0-9AB]{5}$/.test(commune))
        cells.refuse('code_insee', 'commune_unreadable', 'give the five characters of the INSEE code');
      const scores = Object.fromEntries(MATURITY_CRITERIA.map((c) => [c, cells.integer(c, 0, 4)])) as MaturityScores;
      const end = cells.optional('date_fin', (column) => dateCell(cells, column, 'french'));
      const commands: LineCommand[] = [
        { kind: 'detect', firm, actionBasins: action.basins, today },
        { kind: 'qualify', scores, rules: programme, today },
      ];
      const result = cells.optional('suite', (column) => cells.oneOf(column, RESULTS));
      if (result === 'REFUS') commands.push({ kind: 'decline' });
      if (result === 'ADHESION' || result === 'ABANDON') {
        commands.push({ kind: 'sign', signedOn: dateCell(cells, 'date_convention', 'french'), today });
        if (result === 'ABANDON') commands.push({ kind: 'abandon', ...(end ? { abandonedOn: end } : {}) });
        else if (end) commands.push({ kind: 'complete', completedOn: end, today });
      }
      return cells.done(() => ({
        target: target(firmCase, inProgramme(programme.programme, cases.get(siret) ?? siret), ...commands),
        asks: [
          { operation: 'detectFirm', column: 'siret', body: firm },
          ...commands.slice(1).map(({ kind }) => ({
            operation: OPERATIONS[kind],
            column: 'siret',
            path: { programme: programme.programme, siret },
          })),
        ],
      }));
    },
  };
}
