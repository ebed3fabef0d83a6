import type { DuckDBValue } from '@duckdb/node-api';
import type { Question } from './cell.js';
import type { Names } from './names.js';
import { FOR_EVER } from './running.js';
import { dayNumber, type Shape, unitDimensions } from './schema.js';

/** A statement and the values of its placeholders. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly DuckDBValue[];
}

/** The measures of a remainder by number: of its total with 1, of its parts with -1. */
export type RestNumbers = readonly { readonly rest: number; readonly measure: number; readonly sign: 1 | -1 }[];

/**
 * The cells of a question, one row for each cell and measure: what each unit makes of a measure, and cells of units. As of a
 * day, what a unit makes of a measure is one row of its facts; only where facts are told apart (by their year, their theme)
 * they are summed.
 * A row has `cut` (which of `cuts` it is of, as the engine's bits), a column for each dimension, measure, value, firms, largest.
 * @param cuts sets of dimensions to cut by; several only where each is of one value a unit
 */
export function statementOf(
  shape: Shape,
  question: Omit<Question, 'by'>,
  cuts: readonly (readonly string[])[],
  measures: readonly number[] | undefined,
  rests: RestNumbers,
  { isOneProgramme, isDifference }: { readonly isOneProgramme: boolean; readonly isDifference: boolean },
): Statement {
  const values: DuckDBValue[] = [];
  const say = (value: DuckDBValue): string => {
    values.push(value);
    return `$${values.length}`;
  };
  const kindOf = new Map(shape.dimensions.map(({ name, of }) => [name, of]));
  const dimensions = [...new Set(cuts.flat())];
  const ofFact = dimensions.filter((name) => kindOf.get(name) === 'fact');
  const factColumns = ofFact.map((name) => `, ${factColumn(name)} AS "${name}"`).join('');
  const { onUnits, onFacts, isOfAllFacts } = conditionsOf(question, kindOf, say);
  const isRunning = isOfAllFacts && ofFact.length === 0 && !isDifference;
  // Where rows of facts are the answer themselves, units are looked at once: where cells are made of them.
  const isJoined = isRunning && rests.length === 0;
  const ids = measures ? [`measure IN (${[...measures, -1].join(', ')})`] : [];
  const where = [
    ...(isRunning ? [asOfDay(question.asOf)] : onFacts),
    ...ids,
    ...(onUnits.length > 0 && !isJoined ? [`unit IN (SELECT unit FROM units WHERE ${onUnits.join(' AND ')})`] : []),
  ];
  const keys = ofFact.map((name) => `, "${name}"`).join('');
  const restTable = rests.map(({ rest, measure, sign }) => `(${rest}, ${measure}, ${sign})`).join(', ');
  const withRests =
    rests.length === 0
      ? 'SELECT * FROM said'
      : `SELECT * FROM said UNION ALL SELECT unit, rest AS measure${keys}, SUM(amount * sign)::BIGINT AS amount FROM said
         JOIN (VALUES ${restTable}) AS r(rest, "of", sign) ON said.measure = r."of" GROUP BY unit, rest${keys} HAVING SUM(amount * sign) <> 0`;
  const several = dimensions.filter((name) => kindOf.get(name) === 'firm, several');
  const columns = dimensions.map((name) => {
    if (kindOf.get(name) === 'fact') return `amounts."${name}"`;
    return several.includes(name) ? `of_${name}.value` : `units."${name}"`;
  });
  const columnOf = new Map(dimensions.map((name, i) => [name, columns[i] ?? '']));
  const unnested = several
    .map(
      (name) =>
        `LEFT JOIN (SELECT unit, unnest("${name}") AS value FROM units) AS of_${name} ON of_${name}.unit = units.unit`,
    )
    .join(' ');
  const sets = cuts.map((cut) => `(${['measure', ...cut.map((name) => columnOf.get(name))].join(', ')})`);
  const firms = isOneProgramme && !isDifference ? 'COUNT(units.firm)' : 'COUNT(DISTINCT units.firm)';
  const cut = columns.length > 0 ? `GROUPING(${columns.join(', ')})` : '0';
  const onCells = isJoined && onUnits.length > 0 ? ` WHERE ${onUnits.join(' AND ')}` : '';
  const condition = where.length > 0 ? `WHERE ${where.join(' AND ')}` : '';
  const said = isRunning
    ? `SELECT unit, measure, total AS amount FROM facts ${condition}`
    : `SELECT unit, measure${factColumns}, SUM(amount)::BIGINT AS amount FROM facts ${condition}
       GROUP BY ALL${isDifference ? ' HAVING SUM(amount) <> 0' : ''}`;
  return {
    sql: `WITH said AS ${isJoined ? 'NOT ' : ''}MATERIALIZED (${said}),
       amounts AS (${withRests})
       SELECT ${cut}::INTEGER AS cut, ${columns.map((column) => `${column}::VARCHAR, `).join('')}measure,
       SUM(amount)::DOUBLE, ${firms}::INTEGER, MAX(ABS(amount))::DOUBLE
       FROM amounts JOIN units ON amounts.unit = units.unit ${unnested}${onCells} GROUP BY GROUPING SETS (${sets.join(', ')})`,
    values,
  };
}

/**
 * Firms of a programme with their place and whether they are within some values of dimensions, and what each says of some
 * measures day by day.
 */
export function firmsStatements(
  shape: Shape,
  {
    programme,
    where,
    asOf,
  }: { readonly programme: string; readonly where?: Question['where']; readonly asOf?: string | undefined },
  measures: readonly number[],
): { readonly units: Statement; readonly facts: Statement } {
  const values: DuckDBValue[] = [programme];
  const kindOf = new Map(shape.dimensions.map(({ name, of }) => [name, of]));
  const { onUnits, isOfAllFacts } = conditionsOf({ where: where ?? {} }, kindOf, (value) => `$${values.push(value)}`);
  if (!isOfAllFacts) throw new Error('firms are told apart by what they are, not by facts');
  const columns = unitDimensions(shape).map(({ name }) => `, "${name}"`);
  const within =
    onUnits.length > 0 ? onUnits.map((condition) => `COALESCE(${condition}, false)`).join(' AND ') : 'true';
  return {
    units: {
      sql: `SELECT unit, id, firm, ${within}${columns.join('')} FROM units WHERE programme = $1 AND firm IS NOT NULL ORDER BY id`,
      values,
    },
    facts: {
      sql: `SELECT unit, measure, day, SUM(amount)::DOUBLE FROM facts
       WHERE unit IN (SELECT unit FROM units WHERE programme = $1 AND firm IS NOT NULL)
       AND measure IN (${[...measures, -1].join(', ')})${asOf ? ` AND day <= ${dayNumber(asOf)}` : ''}
       GROUP BY ALL ORDER BY unit, measure, day`,
      values: [programme],
    },
  };
}

/** What each firm of a programme makes of some measures on each theme, up to a day. */
export function themesStatement(programme: string, asOf: string | undefined, measures: readonly number[]): Statement {
  return {
    sql: `SELECT id, measure, theme, MIN(day), SUM(amount)::DOUBLE FROM facts JOIN units USING (unit)
     WHERE programme = $1 AND firm IS NOT NULL AND theme IS NOT NULL AND measure IN (${[...measures, -1].join(', ')})
     ${asOf ? `AND day <= ${dayNumber(asOf)}` : ''} GROUP BY ALL ORDER BY ALL`,
    values: [programme],
  };
}

const asOfDay = (asOf: string | undefined): string =>
  asOf === undefined ? `until = ${FOR_EVER}` : `day <= ${dayNumber(asOf)} AND until > ${dayNumber(asOf)}`;

/** What was told without a day, and by nothing bounded (the year 1), is of no year. */
const factColumn = (name: string): string => (name === 'year' ? 'NULLIF(day // 10000, 1)' : `"${name}"`);

function conditionsOf(
  { programmes, where = {}, asOf }: Omit<Question, 'by'>,
  kindOf: ReadonlyMap<string, string>,
  say: (value: DuckDBValue) => string,
) {
  const onUnits = programmes ? [`programme IN (${programmes.map(say).join(', ') || 'NULL'})`] : [];
  const onFacts = asOf ? [`day <= ${dayNumber(asOf)}`] : [];
  for (const [name, value] of Object.entries(where)) {
    const kind = kindOf.get(name);
    if (kind === undefined) throw new Error(`there is no dimension ${name}`);
    if (kind === 'fact') onFacts.push(`CAST(${factColumn(name)} AS VARCHAR) = ${say(value)}`);
    else if (kind === 'firm') onUnits.push(`"${name}" = ${say(value)}`);
    else onUnits.push(`list_contains("${name}", ${say(value)})`);
  }
  const isOfAllFacts = Object.keys(where).every((name) => kindOf.get(name) !== 'fact');
  return { onUnits, onFacts, isOfAllFacts };
}

/** The numbers of what is asked; `spend:*` is `spend` with all its parts, `spend:funder:*` all of that name. */
export function numbersOf(asked: readonly string[], names: Names): number[] {
  const wanted = new Set(asked);
  const groups = asked.filter((name) => /:.*:\*$/.test(name)).map((name) => name.slice(0, -1));
  return names.all().flatMap((name, number) => {
    const figure = name.replace(/^~/, '').split(':', 1)[0] ?? name;
    return wanted.has(name) || wanted.has(`${figure}:*`) || groups.some((group) => name.startsWith(group))
      ? [number]
      : [];
  });
}
