/** Bytes as they stand: nothing is made of them before somebody wants them. Buffers are such, too. */
export interface RawBytes {
  readonly length: number;
  at(index: number): number | undefined;
  toString(encoding?: 'utf8' | 'latin1'): string;
  subarray(): Buffer;
}

/** Bytes within a buffer. A buffer of their own takes longer to make, and to take away again, than what it holds to be read. */
export class Span implements RawBytes {
  constructor(
    private readonly whole: Buffer,
    private readonly from: number,
    private readonly to: number,
  ) {}

  get length(): number {
    return this.to - this.from;
  }

  at(index: number): number | undefined {
    return this.whole[this.from + index];
  }

  toString(encoding: 'utf8' | 'latin1' = 'utf8'): string {
    return this.whole.toString(encoding, this.from, this.to);
  }

  subarray(): Buffer {
    return this.whole.subarray(this.from, this.to);
  }
}
