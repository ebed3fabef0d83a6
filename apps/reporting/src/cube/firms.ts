import { dayOfNumber, type Shape, unitDimensions } from './schema.js';

/** Firms are asked for one by one. */
export interface FirmsQuestion {
  readonly programme: string;
  /** Values of dimensions of firms. */
  readonly where?: Readonly<Record<string, string>>;
  /** A day in the field up to which facts count. */
  readonly asOf?: string | undefined;
  /** `spend:*` is `spend` with all its parts. */
  readonly measures: readonly string[];
}

/** What one firm of a programme (under all its SIRET) says of the measures that are asked. */
export interface FirmSaid {
  readonly id: string;
  /** The same for all cases of one firm (its SIRET moved, and none of them signed). */
  readonly firm: number;
  /** Whether it is within the values that are asked. */
  readonly isIn: boolean;
  /** Its values by dimension; none where it has none. */
  readonly place: Readonly<Record<string, readonly string[]>>;
  /** By measure, what it says on each day, in their order. */
  readonly said: ReadonlyMap<string, readonly OnDay[]>;
}

export type OnDay = readonly [day: string, amount: number];

type Columns = readonly (readonly unknown[])[];

/** Firms in the order of their ids, from the columns of both statements. */
export function firmsOf(shape: Shape, units: Columns, facts: Columns, nameOf: (measure: number) => string): FirmSaid[] {
  const [numbers = [], ids = [], firms = [], within = [], ...places] = units;
  const dimensions = unitDimensions(shape);
  const said = new Map(numbers.map((unit) => [unit, new Map<string, OnDay[]>()]));
  const [unitOf = [], measures = [], days = [], amounts = []] = facts;
  const texts = new Map<unknown, string>();
  const dayOf = (day: unknown): string => {
    const text = texts.get(day) ?? dayOfNumber(Number(day));
    texts.set(day, text);
    return text;
  };
  for (const [i, unit] of unitOf.entries()) {
    const of = said.get(unit);
    if (!of) continue;
    const measure = nameOf(Number(measures[i]));
    const onDays = of.get(measure);
    const onDay: OnDay = [dayOf(days[i]), Number(amounts[i])];
    if (onDays) onDays.push(onDay);
    else of.set(measure, [onDay]);
  }
  return numbers.map((unit, i) => ({
    id: String(ids[i]),
    firm: Number(firms[i]),
    isIn: within[i] === true,
    place: Object.fromEntries(dimensions.map(({ name }, at) => [name, valuesIn(places[at]?.[i])])),
    said: said.get(unit) ?? new Map<string, OnDay[]>(),
  }));
}

function valuesIn(cell: unknown): readonly string[] {
  if (cell === null || cell === undefined) return [];
  return Array.isArray(cell) ? cell.map(String) : [String(cell)];
}
