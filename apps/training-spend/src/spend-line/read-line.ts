import { readDate } from '@gpect/domain-values/calendar';
import { readCents } from '@gpect/domain-values/cents';
import { inProgramme } from '@gpect/domain-values/identifiers';
import { fail, ok, type Result } from '@gpect/domain-values/result';
import { readSiret } from '@gpect/domain-values/siret';
import { type Target, target } from '@gpect/service-kit/aggregate/aggregate';
import { type CellFault, CellReader } from '@gpect/service-kit/imports/line-import';
import type { Dialect } from '../dialect/dialects.js';
import { spendLine } from './spend-line.js';

export interface LineOrigin {
  readonly programme: string;
  readonly file: string;
  readonly line: number;
}

/** Reads one line in its funder's dialect: the command that it asks for, or the first fault with its column. */
export function readLine(
  cellsOfLine: Readonly<Record<string, string>>,
  dialect: Dialect,
  { programme, file, line }: LineOrigin,
): Result<Target, CellFault> {
  const { columns, funder } = dialect;
  const cells = new CellReader(cellsOfLine);
  const reference = cells.read(
    columns.reference,
    readReference,
    'give the reference of the line, at most 120 characters, without / or spaces at its head',
  );
  const siret = cells.read(
    columns.siret,
    (text) => siretOf(text, dialect),
    'give the 14 digits as text: a check digit does not agree, or a spreadsheet lost digits',
  );
  const amountCents = cells.read(
    columns.amount,
    (text) => readCents(text, dialect.decimal),
    `write an amount in euros with "${dialect.decimal}" before the cents`,
  );
  const paidOn = cells.read(
    columns.paidOn,
    (text) => readDate(text, dialect.date),
    'write a day that the calendar has',
  );
  const scheme = cells.read(
    columns.scheme,
    (text) => schemeOf(text, dialect),
    `name one of ${Object.keys(dialect.schemes).join(', ')}`,
  );
  const { hours: hoursColumn, trainees: traineesColumn, operation: operationColumn } = columns;
  const hours = hoursColumn && cells.optional(hoursColumn, (column) => cells.integer(column, 0, 1_000_000));
  const trainees = traineesColumn && cells.optional(traineesColumn, (column) => cells.integer(column, 0, 1_000_000));
  const kind = operationColumn
    ? cells.read(operationColumn, (text) => operationOf(text, dialect), 'name an operation that the funder uses')
    : 'record';
  return cells.done(() =>
    target(spendLine, inProgramme(programme, funder, reference), {
      kind,
      line: {
        programme,
        funder,
        reference,
        siret,
        paidOn,
        scheme,
        amountCents,
        file,
        line,
        ...(typeof hours === 'number' ? { hours } : {}),
        ...(typeof trainees === 'number' ? { trainees } : {}),
      },
    }),
  );
}

function siretOf(text: string, { leadingZerosLost }: Dialect) {
  const read = readSiret(text, { restoreLeadingZeros: leadingZerosLost });
  return read.ok ? ok(read.value.siret) : read;
}

function readReference(text: string) {
  return /^[^\s/][^/]{0,119}$/.test(text) ? ok(text) : fail('reference_unreadable');
}

function schemeOf(text: string, { schemes }: Dialect) {
  const scheme = Object.hasOwn(schemes, text) ? schemes[text] : undefined;
  return scheme ? ok(scheme) : fail('scheme_unknown');
}

function operationOf(text: string, { operations }: Dialect) {
  const operation = operations && Object.hasOwn(operations, text) ? operations[text] : undefined;
  return operation ? ok(operation) : fail('operation_unknown');
}
