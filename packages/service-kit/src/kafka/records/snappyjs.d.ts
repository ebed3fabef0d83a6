declare module 'snappyjs' {
  /** @throws where it would have more than `most` bytes */
  export function uncompress(packed: Uint8Array, most?: number): Uint8Array;
  export function compress(bytes: Uint8Array): Uint8Array;
}
