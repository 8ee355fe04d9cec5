import type { Deployment } from "@tburn/deployments";
import { keccak256 } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { contractsOf } from "../../../shared/chain/contracts.ts";
import { demoKeys, demoNode } from "../../../shared/chain/demo.ts";
import type { ChainClient } from "../../../shared/chain/public-client.ts";
import type { Draft } from "./form.ts";

/** A key made on the spot, for the local chain. The browser keeps it, so that its holder can try what it is
 * good for, and a simulated node signs with it. */
export async function makeKey(
  client: ChainClient,
  deployment: Deployment,
  memberNo: bigint,
  demoUrl: string | undefined,
): Promise<Partial<Draft>> {
  const privateKey = generatePrivateKey();
  const account = privateKeyToAccount(privateKey);
  demoKeys.remember(account.address, privateKey);
  if (demoUrl) await demoNode(demoUrl, privateKey);
  const digest = await client.readContract({
    ...contractsOf(deployment).validators,
    functionName: "possessionDigest",
    args: [memberNo, keccak256(account.address)],
  });
  return { keyType: "secp256k1", key: account.address, proof: await account.sign({ hash: digest }) };
}
