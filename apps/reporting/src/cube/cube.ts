import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { groupBy } from '@gpect/service-kit/collections/group-by';
import type { Cell, Question, Stat, Unit } from './cell.js';
import { Filler } from './fill.js';
import { type FirmSaid, type FirmsQuestion, firmsOf, type OnDay } from './firms.js';
import { Names } from './names.js';
import { differenceOf, fillNames, savedFacts, savedNames, savedUnits } from './saved.js';
import { dayOfNumber, type Shape, tablesOf } from './schema.js';
import { firmsStatements, numbersOf, type RestNumbers, statementOf, themesStatement } from './sql.js';

/**
 * All facts of a read model in columns, in this process (DuckDB): any cross of dimensions is one question. It knows
 * dimensions and measures as data, and no figure by name. Questions and changes are for one caller at a time: `feed/` says
 * whose turn it is.
 */
export class Cube {
  readonly #measures = new Names();
  readonly #firms = new Names();
  #next = 0;
  /** Units that are there. */
  #live = 0;
  /** Units that were deleted since tables were written anew. */
  #deleted = 0;
  /** Facts written since the tables were last made small. */
  #loose = 0;
  /** From the first firm on that several units of one programme are of, firms are told apart, which takes longer. */
  #hasFirmsOfSeveral = false;

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
    private readonly shape: Shape,
    /** Of a difference of two cubes, what did not change is not there. */
    private readonly isDifference = false,
  ) {}

  static async create(shape: Shape): Promise<Cube> {
    const instance = await DuckDBInstance.create(':memory:', SETTINGS);
    const connection = await instance.connect();
    for (const table of tablesOf(shape)) await connection.run(table);
    return new Cube(instance, connection, shape);
  }

  /**
   * Writes what a release is made of into a folder: units with their place, and what each makes of a measure in each year.
   * @param programme the units of this one alone
   */
  async save(folder: string, programme: string): Promise<void> {
    await this.connection.run('CREATE OR REPLACE TEMP TABLE names (measure INTEGER, name VARCHAR)');
    await fillNames(this.connection, this.#measures.all());
    await this.connection.run(savedUnits(folder), [programme]);
    await this.connection.run(savedFacts(folder), [programme]);
  }

  /** What is otherwise in one folder than in another (`save`), as a cube: a unit that stands elsewhere left one place for another. */
  static async ofDifference(shape: Shape, now: string, before: string): Promise<Cube> {
    const made = await Cube.create(shape);
    const cube = new Cube(made.instance, made.connection, shape, true);
    const names = await cube.connection.runAndReadAll(savedNames(now, before));
    for (const [name] of names.getRowsJS()) cube.#measures.number(String(name));
    await cube.connection.run('CREATE TEMP TABLE names (measure INTEGER, name VARCHAR)');
    await fillNames(cube.connection, cube.#measures.all());
    for (const statement of differenceOf(shape, now, before)) await cube.connection.run(statement);
    return cube;
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }

  /** Every measure that some unit said something of. */
  measures(): readonly string[] {
    return this.#measures.all();
  }

  /** Puts units in the place of others, all at once; `gone` are ids of what is there no more under them. */
  async replace(gone: readonly string[], units: Iterable<Unit>): Promise<void> {
    await this.connection.run('BEGIN');
    try {
      if (gone.length > 0) await this.#remove(gone);
      const filler = await Filler.on(this.connection, this.shape, this.#measures, this.#firms);
      for (const unit of units) {
        filler.add(this.#next++, unit);
        this.#live++;
        this.#hasFirmsOfSeveral ||= unit.isFirmOfSeveral === true;
      }
      this.#loose += filler.close();
      await this.connection.run('COMMIT');
    } catch (error) {
      await this.connection.run('ROLLBACK');
      throw error;
    }
    if (this.#deleted > LEAST_DELETED && this.#deleted > this.#live) await this.#compact();
    else if (this.#loose > MOST_LOOSE) await this.#makeSmall();
  }

  async #remove(ids: readonly string[]): Promise<void> {
    const list = ids.map((_, i) => `$${i + 1}`).join(', ');
    await this.connection.run(`CREATE OR REPLACE TEMP TABLE gone AS SELECT unit FROM units WHERE id IN (${list})`, [
      ...ids,
    ]);
    await this.connection.run('DELETE FROM facts WHERE unit IN (SELECT unit FROM gone)');
    const { rowsChanged: removed } = await this.connection.run(
      'DELETE FROM units WHERE unit IN (SELECT unit FROM gone)',
    );
    this.#deleted += removed;
    this.#live -= removed;
  }

  /** What was deleted leaves its room only when tables are written anew. */
  async #compact(): Promise<void> {
    await this.connection.run('BEGIN');
    for (const table of ['units', 'facts']) {
      await this.connection.run(`CREATE TABLE ${table}_anew AS SELECT * FROM ${table}`);
      await this.connection.run(`DROP TABLE ${table}`);
      await this.connection.run(`ALTER TABLE ${table}_anew RENAME TO ${table}`);
    }
    await this.connection.run('COMMIT');
    this.#deleted = 0;
    await this.#makeSmall();
  }

  /** Columns are compressed at a checkpoint: they take a seventh of what they were written in. */
  async #makeSmall(): Promise<void> {
    await this.connection.run('CHECKPOINT');
    this.#loose = 0;
  }

  /** The cells in which anything counts, in the order of their values. */
  async ask({ by, ...question }: Question): Promise<Cell[]> {
    const [cells = []] = await this.askCuts(question, [by]);
    return cells;
  }

  /** The cells of several cuts of the same facts. */
  async askCuts(question: Omit<Question, 'by'>, cuts: readonly (readonly string[])[]): Promise<Cell[][]> {
    const answers = new Map<readonly string[], Cell[]>();
    const times = new Map<string, number>();
    const readIn = new Map<readonly string[], string>();
    for (const cut of new Set(cuts)) {
      // The engine tells sets of dimensions apart: one that is asked again is another question.
      const set = JSON.stringify([...cut].sort());
      const time = (times.get(set) ?? 0) + 1;
      times.set(set, time);
      readIn.set(cut, `${time} ${this.#readWith(cut)}`);
    }
    for (const together of groupBy([...readIn.keys()], (cut) => readIn.get(cut)).values())
      for (const [cut, cells] of await this.#read(question, together)) answers.set(cut, cells);
    return cuts.map((cut) => answers.get(cut) ?? []);
  }

  /** Cuts of the same text are read together: those that tell the same facts of a unit apart, and none of it twice. */
  #readWith(cut: readonly string[]): string {
    const isAlone = cut.some((name) => this.#kindOf(name) === 'firm, several');
    return JSON.stringify(isAlone ? cut : [cut.filter((name) => this.#kindOf(name) === 'fact').sort()]);
  }

  /** Units of a programme by one of their marks, the least first (the greatest first for a `least` bound). */
  async marked(
    programme: string,
    mark: string,
    bound: { readonly below: number } | { readonly least: number },
    actions: readonly string[] | undefined,
    limit: number,
  ): Promise<{ id: string; value: number }[]> {
    const isBelow = 'below' in bound;
    const list = actions?.map((_, i) => `$${i + 3}`).join(', ');
    const reader = await this.connection.runAndReadAll(
      `SELECT id, "${mark}" FROM units WHERE programme = $1 AND "${mark}" ${isBelow ? '<' : '>='} $2
       ${list === undefined ? '' : `AND action IN (${list || 'NULL'})`}
       ORDER BY "${mark}" ${isBelow ? 'ASC' : 'DESC'}, id LIMIT ${limit}`,
      [programme, isBelow ? bound.below : bound.least, ...(actions ?? [])],
    );
    return reader.getRowsJS().map(([id, value]) => ({ id: String(id), value: Number(value) }));
  }

  /** Every firm of a programme, and what it says of some measures. */
  async firms(question: FirmsQuestion): Promise<FirmSaid[]> {
    const numbers = numbersOf(question.measures, this.#measures);
    const { units, facts } = firmsStatements(this.shape, question, numbers);
    const found = await this.connection.runAndReadAll(units.sql, [...units.values]);
    const said = await this.connection.runAndReadAll(facts.sql, [...facts.values]);
    return firmsOf(this.shape, found.getColumnsJS(), said.getColumnsJS(), (number) => this.#measures.name(number));
  }

  /** By firm, what it makes of measures on each theme: `halfDays@skills` on the first of its days. */
  async firmThemes({ programme, asOf, measures }: FirmsQuestion): Promise<Map<string, FirmSaid['said']>> {
    const { sql, values } = themesStatement(programme, asOf, numbersOf(measures, this.#measures));
    const reader = await this.connection.runAndReadAll(sql, [...values]);
    const themes = new Map<string, Map<string, OnDay[]>>();
    for (const [id, measure, theme, day, amount] of reader.getRowsJS()) {
      const of = themes.get(String(id)) ?? new Map<string, OnDay[]>();
      const name = `${this.#measures.name(Number(measure))}@${theme}`;
      themes.set(String(id), of.set(name, [[dayOfNumber(Number(day)), Number(amount)]]));
    }
    return themes;
  }

  #kindOf(name: string): Shape['dimensions'][number]['of'] {
    const found = this.shape.dimensions.find((d) => d.name === name);
    if (!found) throw new Error(`there is no dimension ${name}`);
    return found.of;
  }

  async #read(question: Omit<Question, 'by'>, cuts: readonly (readonly string[])[]) {
    const rests: RestNumbers = (question.rests ?? []).flatMap(({ measure, total, parts }) => {
      const rest = this.#measures.number(measure);
      return [
        { rest, measure: this.#measures.number(total), sign: 1 as const },
        ...parts.map((part) => ({ rest, measure: this.#measures.number(part), sign: -1 as const })),
      ];
    });
    const measures = question.measures && numbersOf(question.measures, this.#measures);
    const { isDifference } = this;
    const of = { isOneProgramme: question.programmes?.length === 1 && !this.#hasFirmsOfSeveral, isDifference };
    const { sql, values } = statementOf(this.shape, question, cuts, measures, rests, of);
    const reader = await this.connection.runAndReadAll(sql, [...values]);
    const dimensions = [...new Set(cuts.flat())];
    const found = new Map(cuts.map((cut) => [bitsOf(cut, dimensions), { cut, cells: new Map<string, MutableCell>() }]));
    for (const row of reader.getRowsJS()) {
      const group = found.get(Number(row[0]));
      if (!group) continue;
      const at = Object.fromEntries(group.cut.map((name) => [name, String(row[1 + dimensions.indexOf(name)] ?? '')]));
      const key = JSON.stringify(Object.values(at));
      const cell = group.cells.get(key) ?? { at, of: new Map<string, Stat>() };
      group.cells.set(key, cell);
      const [measure, value, firms, largest] = row.slice(1 + dimensions.length).map(Number) as [
        number,
        number,
        number,
        number,
      ];
      cell.of.set(this.#measures.name(measure), { value, firms, largest });
    }
    return [...found.values()].map(({ cut, cells }): [readonly string[], Cell[]] => [
      cut,
      [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell),
    ]);
  }
}

/** Nothing is fetched from elsewhere, and nothing is written beside the files that are asked for. */
const SETTINGS = { temp_directory: '', autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' };

/** So many facts are written before the tables are made small (some 60 bytes each until then). */
const MOST_LOOSE = 500_000;

/** From so many deleted units on, tables are written anew once more is deleted than is there. */
const LEAST_DELETED = 5000;

interface MutableCell {
  readonly at: Record<string, string>;
  readonly of: Map<string, Stat>;
}

/** The engine's bits of a cut among all columns of a statement: 1 where a column is not part of it, the first column highest. */
function bitsOf(cut: readonly string[], dimensions: readonly string[]): number {
  return dimensions.reduce((bits, name) => bits * 2 + (cut.includes(name) ? 0 : 1), 0);
}
