import { type ComponentType, createContext, useContext } from "react";

/** Ways out of a condition that belong to features; the app puts them in. */
export interface Remedies {
  Join: ComponentType;
  Kyc: ComponentType<{ level: number }>;
  Funds: ComponentType<{ kind: "gas" | "tokens" }>;
}

export const RemediesContext = createContext<Remedies | undefined>(undefined);

export function useRemedies(): Remedies {
  const remedies = useContext(RemediesContext);
  if (!remedies) throw new Error("outside of RemediesContext");
  return remedies;
}
