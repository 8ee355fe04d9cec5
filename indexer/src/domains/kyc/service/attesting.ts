import { randomBytes } from "node:crypto";
import { kycRegistryAbi } from "@tburn/deployments/abi/kyc-registry";
import { attestationDomain, attestationTypes } from "@tburn/deployments/kyc-attestation";
import {
  concatHex,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  hashTypedData,
  keccak256,
  stringToHex,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { system } from "../../../platform/access/actor.ts";
import { canonical } from "../../../platform/access/audit/canonical.ts";
import { transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import {
  type Attestation,
  attestationsOf,
  type ChainMember,
  chainMemberOf,
  insertAttestation,
  mirrored,
} from "../repository/attestations.ts";
import { caseOf, type KycCase, lockCase } from "../repository/cases.ts";
import { type Revocation, revocations, VALID_SECONDS } from "../rules.ts";

export const ATTEST_QUEUE = "kyc-attest";

/** A transaction for somebody's wallet; this service sends none. */
export interface Intent {
  chainId: number;
  to: Hex;
  data: Hex;
}

const messageOf = (
  a: Pick<Attestation, "account" | "chainMemberId" | "level" | "commitment" | "nonce" | "issuedAt" | "validUntil">,
) => ({
  ...{ memberId: a.chainMemberId, account: a.account, level: a.level, commitment: a.commitment, nonce: a.nonce },
  ...{ issuedAt: BigInt(a.issuedAt), validUntil: BigInt(a.validUntil) },
});

const typedData = ({ chainId, contracts }: Kit, a: Parameters<typeof messageOf>[0]) => ({
  domain: { ...attestationDomain, chainId, verifyingContract: contracts.KycRegistry.address },
  types: attestationTypes,
  primaryType: "KycAttestation" as const,
  message: messageOf(a),
});

/** How many attestations of the member the chain has taken, which one counts, and its time in seconds. */
async function chainState(
  { ask, contracts }: Kit,
  memberNo: number,
): Promise<{ nonce: bigint; uid: Hex; now: number }> {
  const asked = (functionName: "nonces" | "record") => {
    const data = encodeFunctionData({ abi: kycRegistryAbi, functionName, args: [BigInt(memberNo)] });
    return ask("eth_call", [{ to: contracts.KycRegistry.address, data }, "latest"]);
  };
  const answers = [asked("nonces"), asked("record"), ask("eth_getBlockByNumber", ["latest", false])];
  const [nonces, record, block] = (await Promise.all(answers).catch(() => {
    throw new Problem(503, "KYC_CHAIN_UNAVAILABLE", "no node of the chain answers; try again");
  })) as [Hex, Hex, { timestamp: Hex }];
  const nonce = decodeFunctionResult({ abi: kycRegistryAbi, functionName: "nonces", data: nonces });
  const { uid } = decodeFunctionResult({ abi: kycRegistryAbi, functionName: "record", data: record });
  return { nonce, uid, now: Number(block.timestamp) };
}

/** Signs for a case that nobody else signs for meanwhile, unless what was signed before still serves. */
async function sign(kit: Kit, one: KycCase, member: ChainMember, key: Hex): Promise<Attestation | undefined> {
  const { nonce, uid, now } = await chainState(kit, member.memberNo);
  const validUntil = Math.floor(one.stateAt.getTime() / 1_000) + VALID_SECONDS;
  if (validUntil <= now) return undefined;
  return transaction(kit.pool, async (sql) => {
    if ((await lockCase(sql, one.id))?.state !== "approved") return undefined;
    const earlier = await attestationsOf(sql, one.memberId, one.id);
    // One that the chain has taken already serves, too, though the mirror has not told of it yet.
    const usable = earlier.find((a) => (a.nonce === nonce && a.account === member.owner) || a.uid === uid);
    if (usable) return usable;
    const attestation = await signed(kit, one, { ...member, nonce, issuedAt: now, validUntil }, key);
    await insertAttestation(sql, attestation);
    const act = { action: "kyc.attestation.sign", subjectId: one.memberId, detail: { caseId: one.id } };
    await kit.audit.append(sql, system, act, attestation.signedAt);
    return attestation;
  });
}

type Terms = ChainMember & { nonce: bigint; issuedAt: number; validUntil: number };

async function signed(
  kit: Kit,
  one: KycCase,
  { owner, chainMemberId, nonce, issuedAt, validUntil }: Terms,
  key: Hex,
): Promise<Attestation> {
  const salt: Hex = `0x${randomBytes(32).toString("hex")}`;
  const place = { table: "app.kyc_attestations", column: "salt", memberId: one.memberId, rowId: one.id };
  const record = canonical({ caseId: one.id, level: one.level, provider: one.provider, ref: one.providerRef });
  const terms = {
    ...{ account: owner, chainMemberId, level: one.level, nonce, issuedAt, validUntil },
    commitment: keccak256(concatHex([salt, stringToHex(record)])),
  };
  const account = privateKeyToAccount(key);
  return {
    ...terms,
    ...{ memberId: one.memberId, caseId: one.id, uid: hashTypedData(typedData(kit, terms)), attester: account.address },
    signature: await account.signTypedData(typedData(kit, terms)),
    saltSealed: await kit.seals.seal("profile", place, salt),
    signedAt: kit.clock(),
  };
}

/**
 * The attestation of an approved case, signed at its first asking and again if the chain has moved on meanwhile.
 * @returns undefined as long as the member's wallet is not registered on the chain
 * @throws {Problem} 503 KYC_ATTESTER_OFF or KYC_CHAIN_UNAVAILABLE
 */
export async function attestationFor(kit: Kit, caseId: string): Promise<Attestation | undefined> {
  const one = await caseOf(kit.pool, caseId);
  if (one?.state !== "approved") return undefined;
  const earlier = await attestationsOf(kit.pool, one.memberId, one.id);
  const submitted = await mirrored(
    kit.pool,
    earlier.map(({ uid }) => uid),
  );
  const standing = earlier.find(({ uid }) => submitted.has(uid));
  if (standing) return standing;
  const member = await chainMemberOf(kit.pool, one.memberId);
  if (!member) return undefined;
  const { attesterKey } = kit.verification;
  if (!attesterKey) throw new Problem(503, "KYC_ATTESTER_OFF", "nobody attests here: KYC_ATTESTER_KEY is not set");
  return sign(kit, one, member, attesterKey);
}

/** The transaction by which anybody hands an attestation to the chain. */
export const attestIntent = ({ chainId, contracts }: Kit, a: Attestation): Intent => ({
  chainId,
  to: contracts.KycRegistry.address,
  data: encodeFunctionData({
    abi: kycRegistryAbi,
    functionName: "attest",
    args: [messageOf(a), a.attester, a.signature],
  }),
});

/** Transactions by which the revoker takes back all that was signed for a case, submitted or not, and still stands. */
export async function revocationIntents(kit: Kit, one: KycCase): Promise<(Intent & { uid: Hex })[]> {
  if (one.state !== "revoked") return [];
  const signed = await attestationsOf(kit.pool, one.memberId, one.id);
  const onChain = await mirrored(
    kit.pool,
    signed.map(({ uid }) => uid),
  );
  const reason = revocations[one.reason as Revocation] ?? 1;
  return signed
    .filter(({ uid }) => (onChain.get(uid)?.revokedReason ?? null) === null)
    .map(({ uid }) => ({
      ...{ uid, chainId: kit.chainId, to: kit.contracts.KycRegistry.address },
      data: encodeFunctionData({ abi: kycRegistryAbi, functionName: "revoke", args: [uid, reason] }),
    }));
}

/** Whether the chain is known to count one of a case's attestations. */
export async function isAttested(kit: Pick<Kit, "pool">, one: KycCase): Promise<boolean> {
  if (one.state !== "approved") return false;
  const signed = await attestationsOf(kit.pool, one.memberId, one.id);
  const found = await mirrored(
    kit.pool,
    signed.map(({ uid }) => uid),
  );
  return [...found.values()].some(({ revokedReason }) => revokedReason === null);
}
