import { type Address, type Client, encodeFunctionData, type Hex, parseSignature, toHex } from "viem";
import { getCapabilities, signTypedData } from "viem/actions";
import type { Call, Permit, Scene, Target } from "./define.ts";

const PERMIT_SECONDS = 3_600n;
const permitTypes = {
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

export const allowanceOf = ({ client, at, account }: Scene, spender: Address) =>
  client.readContract({ ...at.token, functionName: "allowance", args: [account, spender] });

/** Contracts cannot sign permits; a wallet with delegated code (EIP-7702) still holds its key. */
export async function canSignPermit({ client, account }: Scene): Promise<boolean> {
  const code = await client.getCode({ address: account });
  return code === undefined || code === "0x" || code.startsWith("0xef0100");
}

/** Whether the wallet promises to execute several calls as one (EIP-5792). Most wallets do not know the question. */
export async function isAtomic(wallet: Client, account: Address, chainId: number): Promise<boolean> {
  try {
    const capabilities = await getCapabilities(wallet, { account, chainId });
    const { status } = (capabilities as { atomic?: { status?: string } }).atomic ?? {};
    return status === "supported" || status === "ready";
  } catch {
    return false;
  }
}

/** Asks the wallet to sign an allowance of exactly `value` for `spender` (ERC-2612). */
export async function signPermit(scene: Scene, wallet: Client, spender: Address, value: bigint): Promise<Permit> {
  const { client, at, account } = scene;
  const [nonce, [, name, version, chainId, verifyingContract], block] = await Promise.all([
    client.readContract({ ...at.token, functionName: "nonces", args: [account] }),
    client.readContract({ ...at.token, functionName: "eip712Domain" }),
    client.getBlock(),
  ]);
  const deadline = block.timestamp + PERMIT_SECONDS;
  const signature = await signTypedData(wallet, {
    account: wallet.account ?? account,
    domain: { name, version, chainId, verifyingContract },
    types: permitTypes,
    primaryType: "Permit",
    message: { owner: account, spender, value, nonce, deadline },
  });
  const { r, s, yParity } = parseSignature(signature);
  return { value, deadline, v: 27 + yParity, r, s };
}

/** The contract of a call. */
export const targetOf = ({ at }: Pick<Scene, "at">, { contract }: Call): Target =>
  typeof contract === "string" ? at[contract] : contract;

/** Address and data of a call. */
export function encode(scene: Pick<Scene, "at">, call: Call): { to: Address; data: Hex } {
  const { address, abi } = targetOf(scene, call);
  const { functionName, args } = call;
  return { to: address, data: encodeFunctionData({ abi, functionName, args } as never) };
}

/** What an approval of exactly `tokens` for the called contract looks like. */
export const approval = (scene: Scene, call: Call, tokens: bigint): Call => ({
  contract: "token",
  functionName: "approve",
  args: [targetOf(scene, call).address, tokens],
});

export const randomId = () => toHex(crypto.getRandomValues(new Uint8Array(8)));
