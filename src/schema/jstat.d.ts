/** The two functions of jstat that intervals are made of; the package has no types of its own. */
declare module "jstat" {
  interface Functions {
    readonly normal: { inv(p: number, mean: number, deviation: number): number };
    /** The value below which a gamma distribution of this shape, scale 1, has the probability `p`. */
    gammapinv(p: number, shape: number): number;
  }
  const jstat: Functions;
  export default jstat;
}
