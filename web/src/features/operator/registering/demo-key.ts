import type { Deployment } from "@tburn/deployments";
import { keccak256 } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { contractsOf } from "../../../shared/chain/contracts.ts";
import type { ChainClient } from "../../../shared/chain/public-client.ts";
import type { Draft } from "./form.ts";

/** A key made and used on the spot, for the local chain: it is forgotten afterwards. */
export async function makeKey(client: ChainClient, deployment: Deployment, memberNo: bigint): Promise<Partial<Draft>> {
  const account = privateKeyToAccount(generatePrivateKey());
  const digest = await client.readContract({
    ...contractsOf(deployment).validators,
    functionName: "possessionDigest",
    args: [memberNo, keccak256(account.address)],
  });
  return { keyType: "secp256k1", key: account.address, proof: await account.sign({ hash: digest }) };
}
