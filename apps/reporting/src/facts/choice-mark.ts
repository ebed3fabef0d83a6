import { createHash } from 'node:crypto';

/** Bytes of a mark: a number that JavaScript and MongoDB hold exactly. */
const BYTES = 6;

/** A number for a text that was answered, by which it is known among the choices of its question; the text is not in it. */
export const choiceMark = (text: string): number => createHash('sha256').update(text).digest().readUIntBE(0, BYTES);
