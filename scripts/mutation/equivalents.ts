/** Mutants that no test can tell from the contracts, each with its reason. */
export const equivalents: Record<string, string> = {};
