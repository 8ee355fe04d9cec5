import type { Deployment } from "@tburn/deployments";
import type { Abi, Address } from "viem";
import type { ContractKey, Contracts } from "../chain/contracts.ts";
import type { ChainClient } from "../chain/public-client.ts";
import type { Scope } from "./gate/scope.ts";

/** A contract that only some screens use: they bring its ABI along. */
export interface Target {
  address: Address;
  abi: Abi;
}

/** One call of a contract. */
export interface Call {
  contract: ContractKey | Target;
  functionName: string;
  args: readonly unknown[];
}

export interface Permit {
  value: bigint;
  deadline: bigint;
  v: number;
  r: `0x${string}`;
  s: `0x${string}`;
}

/** What an action does on chain. */
export interface Plan {
  call: Call;
  /** Tokens that the called contract takes; the engine finds the cheapest safe way to allow it. */
  spend?: { tokens: bigint; withPermit?: (permit: Permit) => Call };
}

export interface Scene {
  client: ChainClient;
  at: Contracts;
  deployment: Deployment;
  account: Address;
}

/** A verb of the product: what it needs, what it does, and how its entry in the tray is titled. */
export interface Action<Input> {
  id: string;
  steps: (input: Input, scene: Scene) => Plan | Promise<Plan>;
  /** Values for the title `action.<id>`, ready to show. */
  title: (input: Input) => Record<string, string>;
  /** Scopes of which a pause stops it. */
  scopes?: readonly Scope[];
  /** Whether it pays its member out, which a legal order may hold back. */
  isPayment?: boolean;
  /** Query keys that are asked again once it is in a block, and again once it is indexed. */
  refetch: readonly string[];
}

export const defineAction = <Input>(action: Action<Input>): Action<Input> => action;

/** Fewest units accepted when `expected` may move by rounding or a slash before inclusion: 0.5 % less. */
export const withTolerance = (expected: bigint) => (expected * 995n) / 1000n;
