/** Exit code of a process that cannot start and whom no waiting helps (sysexits.h: EX_CONFIG). */
export const EXIT_CONFIG = 78;

export type Exit = (code: number) => never;

/** The one way in which a process says why it cannot start: every reason at once, on stderr, never a value that it was given. */
export function cannotStart(why: string, reasons: readonly string[], exit: Exit = process.exit): never {
  process.stderr.write(`This process cannot start; ${why}:\n${reasons.map((reason) => `  ${reason}\n`).join('')}`);
  return exit(EXIT_CONFIG);
}
