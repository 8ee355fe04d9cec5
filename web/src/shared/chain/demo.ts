import type { Address, Hex } from "viem";

export interface DemoAccount {
  label: string;
  address: Address;
  privateKey: Hex;
}

/** The local demo service refused or is not there. */
class DemoProblem extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

async function call<T>(url: string, body?: unknown): Promise<T> {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(url, {
    ...init,
    headers: body === undefined ? {} : { "content-type": "application/json" },
  }).catch((error: Error) => {
    throw new DemoProblem("OFFLINE", error.message);
  });
  const answer = await response.json();
  if (!response.ok || answer.error) throw new DemoProblem(answer.error?.code ?? "FAILED", answer.error?.message ?? "");
  return answer;
}

/** Accounts whose keys everybody has. */
export const demoAccounts = async (url: string) =>
  (await call<{ accounts: DemoAccount[] }>(`${url}/accounts`)).accounts;

/** Sends gas and test tokens to `address`: at least `tokens` (base units), as far as the faucet gives so much. */
export const demoFaucet = (url: string, address: Address, tokens: bigint) =>
  call<{ tokenTx: Hex; gasTx: Hex }>(`${url}/faucet`, { address, tokens: String(tokens) });

/** Attests a KYC level to a member's wallet. */
export const demoKyc = (url: string, address: Address, level: number) =>
  call<{ tx: Hex }>(`${url}/kyc`, { address, level });

/** Starts a simulated node that signs with a consensus key. A chain without simulated nodes refuses, and needs none. */
export const demoNode = (url: string, privateKey: Hex) =>
  call<{ consensusKey: Address }>(`${url}/nodes`, { privateKey }).catch(() => undefined);

const CHOSEN = "tburn.demo";
/** Which of the demo accounts to connect with. */
export const demoChoice = {
  read: () => localStorage.getItem(CHOSEN) ?? undefined,
  write: (address: string) => localStorage.setItem(CHOSEN, address),
};

const KEYS = "tburn.demo.keys";
const rememberedKeys = (): Record<string, Hex> => {
  try {
    return JSON.parse(localStorage.getItem(KEYS) ?? "{}");
  } catch {
    return {};
  }
};

/** Consensus keys that this page made for the local chain, by their public form, so that they can be tried out. */
export const demoKeys = {
  remember: (publicKey: string, privateKey: Hex) =>
    localStorage.setItem(KEYS, JSON.stringify({ ...rememberedKeys(), [publicKey.toLowerCase()]: privateKey })),
  find: (publicKey: string): Hex | undefined => rememberedKeys()[publicKey.toLowerCase()],
};
