import type { Step, TxIntent } from "../repository/intents.ts";

/** An intent as both APIs tell it. */
export interface ShownIntent extends Record<string, unknown> {
  id: string;
  kind: string;
  state: string;
  chainId: number;
  /** Wallet that is to sign; null where any holder of a role may. */
  account: string | null;
  /** The act itself; calls that go before it are in `steps`. */
  to: string;
  data: string;
  value: string;
  steps: Step[];
  createdAt: string;
  expiresAt: string;
  transactionHash: string | null;
  block: { number: number; hash: string; isFinal: boolean } | null;
  notices: { code: string; message: string }[];
}

const ofContractWallet = {
  code: "CONTRACT_WALLET",
  message: "propose these calls in your wallet's own app; tell us the transaction that carries them out",
};

export function shownIntent(i: TxIntent): ShownIntent {
  const act = i.steps.at(-1);
  const { blockNumber, blockHash } = i;
  return {
    ...{ id: i.id, kind: i.kind, state: i.state, chainId: i.chainId, account: i.account },
    ...{ to: act?.to ?? "", data: act?.data ?? "", value: act?.value ?? "0", steps: i.steps },
    createdAt: i.createdAt.toISOString(),
    expiresAt: i.expiresAt.toISOString(),
    transactionHash: i.txHash,
    block:
      blockNumber === null || blockHash === null
        ? null
        : { number: blockNumber, hash: blockHash, isFinal: i.state === "CONFIRMED" },
    notices: i.isContractWallet ? [ofContractWallet] : [],
  };
}
