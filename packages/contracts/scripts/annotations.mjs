/** What a schema says for the catalogue and the gateway alone: no reader of events looks at it, so it may change at any time. */
export const SAID_IN_CATALOGUE = new Set(['x-fr', 'x-fr-title', 'x-audience']);
