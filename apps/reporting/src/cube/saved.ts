import { type DuckDBConnection, DuckDBDataChunk, INTEGER, VARCHAR } from '@duckdb/node-api';
import { type Shape, unitDimensions } from './schema.js';

/** The two files of a saved cube (Parquet). */
export const SAVED = ['units.parquet', 'facts.parquet'] as const;

const quoted = (path: string): string => `'${path.replaceAll("'", "''")}'`;
const unitsIn = (folder: string): string => quoted(`${folder}/${SAVED[0]}`);
const factsIn = (folder: string): string => quoted(`${folder}/${SAVED[1]}`);

export const savedUnits = (folder: string): string =>
  `COPY (SELECT * EXCLUDE (firm), firm IS NOT NULL AS is_firm FROM units WHERE programme = $1 ORDER BY unit) TO ${unitsIn(folder)} (FORMAT parquet)`;

export const savedFacts = (folder: string): string =>
  `COPY (SELECT unit, name, day // 10000 AS year, theme, SUM(amount)::BIGINT AS amount FROM facts JOIN names USING (measure)
   WHERE unit IN (SELECT unit FROM units WHERE programme = $1) GROUP BY ALL HAVING SUM(amount) <> 0 ORDER BY ALL)
   TO ${factsIn(folder)} (FORMAT parquet)`;

export const savedNames = (now: string, before: string): string =>
  `SELECT DISTINCT name FROM read_parquet([${factsIn(now)}, ${factsIn(before)}]) ORDER BY name`;

/** Both sets of units, each place once, and their facts: those of now, less those of before. */
export function differenceOf(shape: Shape, now: string, before: string): string[] {
  const columns = unitDimensions(shape).map(({ name }) => `"${name}"`);
  const place = ['id', 'programme', 'is_firm', ...columns].join(', ');
  // A dimension that came after a release is not in its file: its units stand nowhere in it.
  const of = (folder: string) => `SELECT * FROM read_parquet(${unitsIn(folder)})`;
  const both = `${of(now)} UNION ALL BY NAME ${of(before)}`;
  const key = `CAST(ROW(${place}) AS VARCHAR)`;
  const signed = (folder: string, sign: 1 | -1) =>
    `SELECT placed.key, facts.name, facts.year, facts.theme, facts.amount * ${sign} AS amount FROM read_parquet(${factsIn(folder)}) AS facts
     JOIN (SELECT unit, ${key} AS key FROM (${of(folder)} UNION ALL BY NAME SELECT * FROM none)) AS placed ON placed.unit = facts.unit`;
  return [
    `CREATE TEMP TABLE none AS SELECT * FROM (${both}) WHERE false`,
    `CREATE TEMP TABLE places AS SELECT row_number() OVER (ORDER BY key) AS unit, * FROM
     (SELECT DISTINCT ${key} AS key, ${place} FROM (${both}))`,
    `INSERT INTO units BY NAME SELECT unit, id, programme, CASE WHEN is_firm THEN dense_rank() OVER (ORDER BY id) END AS firm, ${columns.join(', ')} FROM places`,
    `INSERT INTO facts BY NAME SELECT places.unit, names.measure, all_of.year * 10000 + 101 AS day, SUM(all_of.amount)::BIGINT AS amount, all_of.theme
     FROM (${signed(now, 1)} UNION ALL ${signed(before, -1)}) AS all_of JOIN places ON places.key = all_of.key
     JOIN names ON names.name = all_of.name GROUP BY ALL HAVING SUM(all_of.amount) <> 0`,
  ];
}

export async function fillNames(connection: DuckDBConnection, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const appender = await connection.createAppender('names');
  for (let from = 0; from < names.length; from += CHUNK) {
    const some = names.slice(from, from + CHUNK);
    const chunk = DuckDBDataChunk.create([INTEGER, VARCHAR], some.length);
    chunk.setColumns([some.map((_, i) => from + i), some]);
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

const CHUNK = 2048;
