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
import { dayNumber, type Shape, unitDimensions } from './schema.js';

/** Rows that one chunk of the engine holds. */
const CHUNK = 2048;

/** Writes units and their facts, chunk by chunk. */
export class Filler {
  readonly #units: Rows;
  readonly #facts: Rows;

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
      new Rows(await connection.createAppender('facts'), [INTEGER, INTEGER, INTEGER, BIGINT, VARCHAR]),
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
    for (const [measure, day, amount, theme] of facts)
      if (amount !== 0)
        this.#facts.add([number, this.measures.number(measure), dayNumber(day), BigInt(amount), theme ?? null]);
  }

  close(): void {
    this.#units.close();
    this.#facts.close();
  }
}

type Appender = Awaited<ReturnType<DuckDBConnection['createAppender']>>;

/** Rows on their way into a table. */
class Rows {
  #columns: DuckDBValue[][];
  #count = 0;

  constructor(
    private readonly appender: Appender,
    private readonly types: DuckDBType[],
  ) {
    this.#columns = types.map(() => []);
  }

  add(row: readonly DuckDBValue[]): void {
    for (const [i, value] of row.entries()) this.#columns[i]?.push(value);
    if (++this.#count === CHUNK) this.#write();
  }

  #write(): void {
    if (this.#count === 0) return;
    const chunk = DuckDBDataChunk.create(this.types, this.#count);
    chunk.setColumns(this.#columns);
    this.appender.appendDataChunk(chunk);
    this.#columns = this.types.map(() => []);
    this.#count = 0;
  }

  close(): void {
    this.#write();
    this.appender.closeSync();
  }
}
