import type { Client, PublicClient } from "viem";
import {
  call,
  getBalance,
  getBlock,
  getBlockNumber,
  getCode,
  getTransaction,
  getTransactionCount,
  getTransactionReceipt,
  readContract,
  waitForTransactionReceipt,
} from "viem/actions";
import { useChain } from "./context.ts";

const questions = {
  call,
  getBalance,
  getBlock,
  getBlockNumber,
  getCode,
  getTransaction,
  getTransactionCount,
  getTransactionReceipt,
  readContract,
  waitForTransactionReceipt,
};

/** The questions to the chain that this site asks; a whole public client would carry names, filters and much else. */
export type ChainClient = Pick<PublicClient, keyof typeof questions>;

const bound = new WeakMap<Client, ChainClient>();

function publicClientOf(client: Client): ChainClient {
  const known = bound.get(client);
  if (known) return known;
  const made = Object.fromEntries(
    Object.entries(questions).map(([name, ask]) => [
      name,
      (parameters: unknown) => (ask as (client: Client, parameters: unknown) => unknown)(client, parameters),
    ]),
  ) as unknown as ChainClient;
  bound.set(client, made);
  return made;
}

export const usePublicClient = (): ChainClient => publicClientOf(useChain().client);
