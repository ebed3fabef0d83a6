import {
  BIGINT,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  LIST,
  listValue,
  VARCHAR,
} from '@duckdb/node-api';
import { own } from '@gpect/domain-values/records';
import type { Unit } from './cell.js';
import type { Names } from './names.js';
import { running } from './running.js';
import { dayNumber, type Shape, unitDimensions } from './schema.js';

/** Rows that one chunk of the engine holds. */
const CHUNK = 2048;

/** Writes units and their facts, chunk by chunk. */
export class Filler {
  readonly #units: Rows;
  readonly #facts: Rows;
  readonly #days = new Map<string, number>();

  private constructor(
    private readonly shape: Shape,
    private readonly measures: Names,
    private readonly firms: Names,
    units: Rows,
    facts: Rows,
  ) {
    this.#units = units;
    this.#facts = facts;
  }

  static async on(connection: DuckDBConnection, shape: Shape, measures: Names, firms: Names): Promise<Filler> {
    const columns = unitDimensions(shape).map(({ of }) => (of === 'firm' ? VARCHAR : LIST(VARCHAR)));
    const ofUnit = [INTEGER, VARCHAR, VARCHAR, INTEGER, ...columns, ...shape.marks.map(() => DOUBLE)];
    return new Filler(
      shape,
      measures,
      firms,
      new Rows(await connection.createAppender('units'), ofUnit),
      new Rows(await connection.createAppender('facts'), [INTEGER, INTEGER, INTEGER, INTEGER, BIGINT, BIGINT, VARCHAR]),
    );
  }

  add(number: number, { id, programme, firm, place, facts, marks }: Unit): void {
    this.#units.add([
      number,
      id,
      programme,
      firm === undefined ? null : this.firms.number(firm),
      ...unitDimensions(this.shape).map(({ name, of }) => {
        const values = own(place, name) ?? [];
        return of === 'firm' ? (values[0] ?? null) : listValue([...values]);
      }),
      ...this.shape.marks.map((name) => own(marks, name) ?? null),
    ]);
    const said = facts
      .filter(([, , amount]) => amount !== 0)
      .map(([measure, day, amount, theme]) => ({
        measure: this.measures.number(measure),
        day: this.#dayNumber(day),
        amount,
        theme: theme ?? null,
      }));
    for (const { measure, day, until, amount, total, theme } of running(said))
      this.#facts.add([number, measure, day, until, BigInt(amount), BigInt(total), theme]);
  }

  /** Facts are many, and of few days. */
  #dayNumber(day: string): number {
    const known = this.#days.get(day);
    if (known !== undefined) return known;
    const number = dayNumber(day);
    this.#days.set(day, number);
    return number;
  }

  /** @returns how many facts were written */
  close(): number {
    this.#units.close();
    this.#facts.close();
    return this.#facts.written;
  }
}

type Appender = Awaited<ReturnType<DuckDBConnection['createAppender']>>;

/** Rows on their way into a table: one chunk, filled again and again, since the table takes a copy. */
class Rows {
  readonly #columns: DuckDBValue[][];
  readonly #chunk: DuckDBDataChunk;
  #count = 0;
  #written = 0;

  constructor(
    private readonly appender: Appender,
    private readonly types: DuckDBType[],
  ) {
    this.#columns = types.map(() => new Array<DuckDBValue>(CHUNK).fill(null));
    this.#chunk = DuckDBDataChunk.create(types, CHUNK);
  }

  get written(): number {
    return this.#written;
  }

  add(row: readonly DuckDBValue[]): void {
    for (let i = 0; i < row.length; i++) (this.#columns[i] as DuckDBValue[])[this.#count] = row[i] as DuckDBValue;
    this.#written++;
    if (++this.#count < CHUNK) return;
    for (const [i, column] of this.#columns.entries()) this.#chunk.setColumnValues(i, column);
    this.appender.appendDataChunk(this.#chunk);
    this.#count = 0;
  }

  close(): void {
    if (this.#count > 0) {
      const last = DuckDBDataChunk.create(this.types, this.#count);
      last.setColumns(this.#columns.map((column) => column.slice(0, this.#count)));
      this.appender.appendDataChunk(last);
    }
    this.appender.closeSync();
  }
}
