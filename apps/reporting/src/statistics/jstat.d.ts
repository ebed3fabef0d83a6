/** What is used of jStat, which brings no types; it is CommonJS. */
declare module 'jstat' {
  const jstat: {
    readonly jStat: {
      readonly normal: {
        /** The value below which a normal variable stays with a probability. */
        inv(probability: number, mean: number, deviation: number): number;
      };
      readonly beta: {
        /** The value below which a variable of the beta distribution stays with a probability. */
        inv(probability: number, alpha: number, beta: number): number;
      };
      readonly studentt: {
        /** The value below which Student's t with so many degrees of freedom (any positive number) stays with a probability. */
        inv(probability: number, degrees: number): number;
      };
    };
  };
  export default jstat;
}
