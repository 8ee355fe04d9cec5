import { createContext, useContext } from "react";
import type { Client } from "viem";
import type { Settings } from "./settings.ts";

export interface Chain extends Settings {
  client: Client;
}

export const ChainContext = createContext<Chain | undefined>(undefined);

/** The chain this site is about: where its contracts are and how to read it. */
export function useChain(): Chain {
  const chain = useContext(ChainContext);
  if (!chain) throw new Error("outside of ChainContext");
  return chain;
}
