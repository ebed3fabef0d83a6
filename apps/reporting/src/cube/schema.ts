/** The dimensions and marks that a cube is made with. */
export interface Shape {
  readonly dimensions: readonly { readonly name: string; readonly of: 'firm' | 'firm, several' | 'fact' }[];
  /** Numbers of a unit by which it is looked up. */
  readonly marks: readonly string[];
}

/** Columns are named by us: a dimension's name is data, and none is written into SQL unless it is of this form. */
const NAME = /^[a-z][A-Za-z0-9]*$/;

/** The dimensions that units have a column for; the programme has one of its own. */
export const unitDimensions = ({ dimensions }: Shape) =>
  dimensions.filter(({ name, of }) => of !== 'fact' && name !== 'programme');

/** The tables of a cube. The SQL of this folder keeps to what other columnar engines take, but for the lists of `several`. */
export function tablesOf(shape: Shape): string[] {
  for (const name of [...shape.dimensions.map((d) => d.name), ...shape.marks])
    if (!NAME.test(name)) throw new Error(`${name} cannot be the name of a column`);
  const columns = [
    ...unitDimensions(shape).map(({ name, of }) => `"${name}" ${of === 'firm' ? 'VARCHAR' : 'VARCHAR[]'}`),
    ...shape.marks.map((name) => `"${name}" DOUBLE`),
  ];
  return [
    `CREATE TABLE units (unit INTEGER, id VARCHAR, programme VARCHAR, firm INTEGER, ${columns.join(', ')})`,
    // A day is yyyymmdd. From `day` on, and before `until`, `total` is what the unit makes of the measure (running.ts).
    'CREATE TABLE facts (unit INTEGER, measure INTEGER, day INTEGER, until INTEGER, amount BIGINT, total BIGINT, theme VARCHAR)',
  ];
}

export const dayNumber = (day: string): number => Number(day.replaceAll('-', ''));

export function dayOfNumber(number: number): string {
  const digits = String(number).padStart(8, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}
