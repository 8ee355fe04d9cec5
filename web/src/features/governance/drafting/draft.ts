import { useState } from "react";
import { type Abi, type AbiFunction, type Address, decodeFunctionData, encodeFunctionData, type Hex } from "viem";
import { useConnection } from "wagmi";
import { useChain } from "../../../shared/chain/context.ts";
import type { DecodedArgument } from "../queries.ts";
import { type ArgumentProblem, parseArgument } from "./arguments.ts";
import { changing, signatureOf } from "./catalogue.ts";

/** A call as somebody writes it. */
export interface CallDraft {
  id: string;
  contract: string;
  /** As the ABI says it: tells overloads apart. */
  signature: string;
  args: string[];
}

export interface Draft {
  title: string;
  body: string;
  calls: CallDraft[];
}

export interface Problem {
  problem: ArgumentProblem;
  at: string;
}

/** A call that can be sent, read back from its own bytes. */
export interface Built {
  target: Address;
  calldata: Hex;
  contract: string;
  signature: string;
  args: DecodedArgument[];
}

export type Outcome = { built: Built } | { problems: (Problem | undefined)[] };

export const MAX_TITLE = 120;
export const emptyCall = (): CallDraft => ({ id: crypto.randomUUID(), contract: "", signature: "", args: [] });
const emptyDraft = (): Draft => ({ title: "", body: "", calls: [emptyCall()] });

export const functionOf = (abi: Abi | undefined, signature: string): AbiFunction | undefined =>
  abi && changing(abi).find((item) => signatureOf(item) === signature);

/** Encodes a call, or tells what is wrong with each argument. */
export function build(abi: Abi | undefined, target: Address | undefined, call: CallDraft): Outcome | undefined {
  const item = functionOf(abi, call.signature);
  if (!item || !target) return undefined;
  const parsed = item.inputs.map((input, index) => parseArgument(input, call.args[index] ?? ""));
  if (parsed.some(({ ok }) => !ok)) return { problems: parsed.map((one) => (one.ok ? undefined : one)) };
  const args = parsed.map((one) => (one.ok ? one.value : undefined));
  const calldata = encodeFunctionData({ abi: [item], functionName: item.name, args });
  const decoded = decodeFunctionData({ abi: [item], data: calldata }).args ?? [];
  return {
    built: {
      ...{ target, calldata, contract: call.contract, signature: signatureOf(item) },
      args: item.inputs.map(({ name = "", type }, index) => ({ name, type, value: decoded[index] })),
    },
  };
}

function stored(key: string): Draft {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "") as Draft;
    return Array.isArray(kept.calls) && typeof kept.title === "string" ? kept : emptyDraft();
  } catch {
    return emptyDraft();
  }
}

/** The account's draft on this chain, kept at each stroke. */
export function useProposalDraft() {
  const { config } = useChain();
  const { address = "" } = useConnection();
  const key = `tburn.draft.proposal.${config.chainId}.${address.toLowerCase()}`;
  const [held, setHeld] = useState(() => ({ key, draft: stored(key) }));
  // Another account has another draft.
  const draft = held.key === key ? held.draft : stored(key);
  const write = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    localStorage.setItem(key, JSON.stringify(next));
    setHeld({ key, draft: next });
  };
  const clear = () => {
    localStorage.removeItem(key);
    setHeld({ key, draft: emptyDraft() });
  };
  return { draft, write, clear };
}
