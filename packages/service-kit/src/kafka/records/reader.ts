/** Reads the primitive values of Kafka's record format, and never beyond the end. */
export class ByteReader {
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  get left(): number {
    return this.bytes.length - this.#at;
  }

  int8(): number {
    return this.take(1).readInt8();
  }

  int32(): number {
    return this.take(4).readInt32BE();
  }

  /** Zigzag, of 32 bits. */
  varint(): number {
    return Number(BigInt.asIntN(32, this.#zigzag(5)));
  }

  /** Zigzag, of 64 bits. */
  varlong(): bigint {
    return this.#zigzag(10);
  }

  /** Bytes behind their length; null where it is -1. */
  varBytes(): Buffer | null {
    const length = this.varint();
    if (length === -1) return null;
    return this.take(length);
  }

  take(length: number): Buffer {
    if (length < 0 || length > this.left) throw new Error(`${length} bytes were announced where ${this.left} are left`);
    const taken = this.bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }

  #zigzag(most: number): bigint {
    // Nearly all of them have one or two bytes: no big numbers for those.
    const [first = 0, second = 0] = [this.bytes[this.#at], this.bytes[this.#at + 1]];
    if (this.left > 0 && first < 0x80) {
      this.#at++;
      return BigInt((first >>> 1) ^ -(first & 1));
    }
    if (this.left > 1 && second < 0x80) {
      this.#at += 2;
      const value = (first & 0x7f) | (second << 7);
      return BigInt((value >>> 1) ^ -(value & 1));
    }
    let value = 0n;
    for (let i = 0; i < most; i++) {
      const byte = this.take(1)[0] as number;
      value |= BigInt(byte & 0x7f) << BigInt(7 * i);
      if (byte < 0x80) return (value >> 1n) ^ -(value & 1n);
    }
    throw new Error('a number has too many bytes');
  }
}
