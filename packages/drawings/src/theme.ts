/**
 * Colours that people with any kind of colour vision tell apart, and that a grey print tells apart, too: one blue from light to
 * dark, and an orange that is lighter than the dark blue (Okabe and Ito 2008); `colour-vision.test.ts` measures it. What is said by
 * colour is said by a shape or a number as well.
 */
export const DARK = '#0b3768';
export const MIDDLE = '#5086bb';
export const LIGHT = '#dbe8f5';
export const ORANGE = '#d55e00';
export const TEXT = '#1d1d1f';
export const FAINT = '#5b6270';
export const LINE = '#c9ced6';
/** From few to many, all so light that dark letters are read upon them; what has one has a border, by which it is seen against white. */
export const STEPS = ['#e0ebf6', '#c3d8ed', '#9fc2e3', '#7aa9d8', '#5a92c8'] as const;

/** The documents' own font; a page has it, or the next. */
export const FONT = "'Source Sans 3', 'Segoe UI', Arial, sans-serif";
