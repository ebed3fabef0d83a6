/** Why a line of a table was not taken: where, what was read, a stable code, and what to do. */
export interface LineRefusal {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
  readonly detail: string;
}
