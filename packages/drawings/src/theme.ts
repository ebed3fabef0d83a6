/**
 * Colours that people with any kind of colour vision tell apart, and that a grey print tells apart, too: one blue from light to
 * dark, and an orange that is lighter than the dark blue (Okabe and Ito 2008). What is said by colour is said by a shape or a number as well.
 */
export const DARK = '#0b3c6f';
export const MIDDLE = '#4f83b6';
export const LIGHT = '#c5d9ec';
export const ORANGE = '#d55e00';
export const TEXT = '#1d1d1f';
export const FAINT = '#5b6270';
export const LINE = '#c9ced6';
/** From few to many, all so light that dark letters are read upon them; the lightest is seen against white by its border. */
export const STEPS = ['#f3f7fb', '#dce8f4', '#c0d6ea', '#9fc0de', '#7fa9d0'] as const;

/** The documents' own font; a page has it, or the next. */
export const FONT = "'Source Sans 3', 'Segoe UI', Arial, sans-serif";
