/** How long (ms) what is named may take to arrive from another service before a partner is told that it is not there. */
export const ARRIVES_MS = 5000;
const LOOK_AGAIN_MS = 250;

/** A while, before one looks again. */
export const aWhile = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
