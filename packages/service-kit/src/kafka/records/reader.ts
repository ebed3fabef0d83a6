import { Span } from './bytes.js';

/** Reads the primitive values of Kafka's record format, and never beyond the end. */
export class ByteReader {
  constructor(
    private readonly bytes: Buffer,
    /** Where the next value begins. */
    public at = 0,
    private readonly end = bytes.length,
  ) {}

  get left(): number {
    return this.end - this.at;
  }

  int8(): number {
    return (this.#byte() << 24) >> 24;
  }

  int32(): number {
    return this.bytes.readInt32BE(this.skip(4));
  }

  int64(): bigint {
    return this.bytes.readBigInt64BE(this.skip(8));
  }

  /** Zigzag, of 32 bits. */
  varint(): number {
    let value = 0;
    for (let i = 0; i < 5; i++) {
      const byte = this.#byte();
      value |= (byte & 0x7f) << (7 * i);
      if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
    }
    throw new Error(TOO_LONG);
  }

  /** Zigzag, of 64 bits; beyond 53 not to the last one. */
  varlong(): number {
    const begins = this.at;
    // Nearly all of them are small: no big numbers for those.
    for (let i = 0; i < 4; i++) {
      if (this.#byte() >= 0x80) continue;
      this.at = begins;
      return this.varint();
    }
    this.at = begins;
    let value = 0n;
    for (let i = 0; i < 10; i++) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << BigInt(7 * i);
      if (byte < 0x80) return Number((value >> 1n) ^ -(value & 1n));
    }
    throw new Error(TOO_LONG);
  }

  /** Bytes behind their length; null where it is -1. */
  varBytes(): Span | null {
    const length = this.varint();
    if (length === -1) return null;
    const from = this.skip(length);
    return new Span(this.bytes, from, this.at);
  }

  /** Passes over bytes behind their length; false where it is -1. */
  skipVarBytes(): boolean {
    const length = this.varint();
    if (length === -1) return false;
    this.skip(length);
    return true;
  }

  /** Passes over so many bytes; where they begin. */
  skip(length: number): number {
    if (length < 0 || length > this.left) throw new Error(`${length} bytes were announced where ${this.left} are left`);
    const from = this.at;
    this.at += length;
    return from;
  }

  #byte(): number {
    return this.bytes[this.skip(1)] as number;
  }
}

const TOO_LONG = 'a number has too many bytes';
