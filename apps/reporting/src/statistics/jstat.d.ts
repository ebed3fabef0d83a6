/** What is used of jStat, which brings no types. */
declare module 'jstat' {
  export const jStat: {
    readonly studentt: {
      /** The value below which Student's t with so many degrees of freedom (any positive number) stays with a probability. */
      inv(probability: number, degrees: number): number;
    };
  };
}
