/** What is worked out of something, once for each of it, as long as that is there. The work must be pure. */
export function workedOutOnce<Of extends object, Made>(work: (of: Of) => Made): (of: Of) => Made {
  const known = new WeakMap<Of, { readonly made: Made }>();
  return (of) => {
    const made = known.get(of) ?? { made: work(of) };
    known.set(of, made);
    return made.made;
  };
}
