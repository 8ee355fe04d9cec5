import { type ComponentType, createContext, useContext } from "react";

/** Ways out of a condition that belong to features; the app puts them in. */
export interface Remedies {
  Join: ComponentType;
  Kyc: ComponentType<{ level: number }>;
  /** `least` is what the wallet should hold. */
  Funds: ComponentType<{ kind: "gas" } | { kind: "tokens"; least: bigint }>;
}

export const RemediesContext = createContext<Remedies | undefined>(undefined);

export function useRemedies(): Remedies {
  const remedies = useContext(RemediesContext);
  if (!remedies) throw new Error("outside of RemediesContext");
  return remedies;
}
