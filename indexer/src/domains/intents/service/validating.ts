import { validatorRegistryAbi } from "@tburn/deployments/abi/validator-registry";
import { encodeFunctionData, type Hex, keccak256 } from "viem";
import { z } from "zod";
import { permit } from "../../../platform/access/decide.ts";
import { isWellFormed, type KeyType, keyTypes } from "../../../platform/crypto/wallet/consensus-key.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { tierName } from "../../identity/service.ts";
import { endOtherSessions } from "../../security/service/sessions.ts";
import { clampedCommission, termsOf } from "../../validators/service.ts";
import { type ChainValidator, isKeyUsed, validatorOf, validatorRunBy } from "../repository/mirror.ts";
import { commissionBand, rotateKeys, runValidator } from "../rules.ts";
import { amountOrZero, bps, bytes, text, validatorId } from "./inputs.ts";
import { isPossessed } from "./possession.ts";
import { act, command, event, prepared, requireMember, type Scene } from "./preparing.ts";

/** `MemberStatus.Active`. */
const ACTIVE = 2;
const key = { keyType: z.enum(keyTypes), consensusKey: bytes, proof: bytes };
const name = text(64).refine((chosen) => Buffer.byteLength(chosen) <= 64, "64 bytes at most");

/** A key that is well formed, new, and held by whoever signed the proof: the consensus key's own part of the act. */
async function requireKey(
  { kit }: Scene,
  memberNo: number,
  given: { keyType: KeyType; consensusKey: string; proof: string },
): Promise<Hex> {
  const consensusKey = given.consensusKey as Hex;
  if (!isWellFormed(given.keyType, consensusKey)) {
    throw new Problem(
      422,
      "KEY_MALFORMED",
      "a secp256k1 key is its address (20 bytes), a P-256 key its point (64 bytes)",
    );
  }
  const keyHash = keccak256(consensusKey);
  if (await isKeyUsed(kit.pool, keyHash)) {
    throw new Problem(409, "KEY_USED", "this key has served a validator before; make a new one");
  }
  const proof = { ...given, consensusKey, proof: given.proof as Hex, memberNo, keyHash };
  if (!(await isPossessed(kit, proof))) {
    throw new Problem(422, "KEY_PROOF_INVALID", "the proof is not this key's signature over your member number");
  }
  return keyHash;
}

/** A validator that the actor's wallet owns or operates. @throws {Problem} 404 VALIDATOR_NOT_FOUND for any other */
async function requireOwn({ kit, actor }: Scene, id: number | null): Promise<ChainValidator> {
  const own = await validatorRunBy(kit.pool, actor.address, id);
  if (own) return own;
  throw new Problem(404, "VALIDATOR_NOT_FOUND", "you run no such validator");
}

function requireNoCase(own: ChainValidator): void {
  if (own.openCases > 0) {
    throw new Problem(409, "VALIDATOR_OPEN_CASE", "this waits until the case against your validator is closed");
  }
}

function requireBand(chosen: number, { lowest, highest }: { lowest: number; highest: number }): void {
  if (chosen >= lowest && chosen <= highest) return;
  const errors = [{ field: "commissionBps", message: `from ${lowest} to ${highest} basis points` }];
  throw new Problem(422, "COMMISSION_OUT_OF_BAND", "the tier, your own limit or one step allows no such rate", {
    errors,
  });
}

/** Makes the member a validator, inactive and without stake. */
export const registerValidator = command(
  "intents.validator.register",
  z.strictObject({ ...key, name, commissionBps: bps, maxCommissionBps: bps, minDelegation: amountOrZero.default("0") }),
  (actor, _input, now) => permit(actor, runValidator, now, actor.memberId),
  async (scene, input) => {
    const member = await requireMember(scene);
    if (member.status !== ACTIVE) {
      throw new Problem(409, "MEMBER_NOT_ACTIVE", "only an active member becomes a validator");
    }
    if (member.kycLevel < 2 || member.kycValidUntil <= scene.now) {
      throw new Problem(409, "KYC_INSUFFICIENT", "identity level 2 is asked for on the chain; verify yourself first");
    }
    if (await validatorOf(scene.kit.pool, member.memberNo)) {
      throw new Problem(409, "VALIDATOR_EXISTS", "you run a validator already");
    }
    const { lowest, highest } = termsOf("CANDIDATE_VALIDATOR");
    requireBand(input.commissionBps, { lowest, highest: Math.min(highest, input.maxCommissionBps) });
    const keyHash = await requireKey(scene, member.memberNo, input);
    const { commissionBps, maxCommissionBps } = input;
    const params = {
      ...{ consensusKey: input.consensusKey as Hex, keyType: keyTypes.indexOf(input.keyType), name: input.name },
      ...{ commissionBps, maxCommissionBps, minDelegation: BigInt(input.minDelegation) },
    };
    const args = [params, input.proof as Hex] as const;
    const data = encodeFunctionData({ abi: validatorRegistryAbi, functionName: "register", args });
    return prepared(scene, {
      kind: "REGISTER_VALIDATOR",
      account: member.owner,
      steps: [act(scene.kit, "ValidatorRegistry", data)],
      expected: event("ValidatorRegistered", member.memberNo, { keyHash }),
    });
  },
);

/** Call and event of one change of a validator's settings. */
function change(own: ChainValidator, input: { commissionBps: number } | { minDelegation: string } | { name: string }) {
  const of = { validatorId: own.validatorId };
  const abi = validatorRegistryAbi;
  if ("name" in input) {
    const data = encodeFunctionData({ abi, functionName: "setMetadata", args: [own.validatorId, input.name] });
    return { data, expected: event("ValidatorMetadataChanged", own.memberNo, { ...of, name: input.name }) };
  }
  if ("minDelegation" in input) {
    const { minDelegation } = input;
    const args = [own.validatorId, BigInt(minDelegation)] as const;
    const data = encodeFunctionData({ abi, functionName: "setMinDelegation", args });
    return { data, expected: event("MinDelegationChanged", own.memberNo, { ...of, minDelegation }) };
  }
  requireNoCase(own);
  const tier = tierName(own.tier);
  const current = clampedCommission(own.commissionBps, tier);
  requireBand(input.commissionBps, commissionBand(termsOf(tier), current, own.maxCommissionBps));
  const args = [own.validatorId, input.commissionBps] as const;
  const data = encodeFunctionData({ abi, functionName: "declareCommission", args });
  // A lower rate is in force at once; a rise is declared, and anybody carries it out when its delay is over.
  const isRise = input.commissionBps > current;
  const told = isRise ? { ...of, bps: input.commissionBps } : { ...of, to: input.commissionBps };
  return { data, expected: event(isRise ? "CommissionDeclared" : "CommissionChanged", own.memberNo, told) };
}

/** Changes one thing of a validator: each change is a transaction of its own. */
export const updateValidatorConfig = command(
  "intents.validator.config",
  z.union([
    z.strictObject({ validatorId, commissionBps: bps }),
    z.strictObject({ validatorId, minDelegation: amountOrZero }),
    z.strictObject({ validatorId, name }),
  ]),
  (actor, _input, now) => permit(actor, runValidator, now, actor.memberId),
  async (scene, input) => {
    const own = await requireOwn(scene, input.validatorId);
    const { data, expected } = change(own, input);
    const steps = [act(scene.kit, "ValidatorRegistry", data)];
    return prepared(scene, { kind: "UPDATE_VALIDATOR_CONFIG", account: scene.actor.address, steps, expected });
  },
);

/**
 * Puts a new consensus key in the place of the old one. The new key signs that it is held, the wallet signs the transaction;
 * the member's other sessions end.
 */
export const rotateConsensusKey = command(
  "intents.keys.rotate",
  z.strictObject(key),
  (actor, _input, now) => permit(actor, rotateKeys, now, actor.memberId),
  async (scene, input) => {
    const own = await requireOwn(scene, null);
    if (own.tombstoned) throw new Problem(409, "VALIDATOR_TOMBSTONED", "your validator is barred for good");
    requireNoCase(own);
    const newKeyHash = await requireKey(scene, own.memberNo, input);
    const { consensusKey, proof } = input;
    const args = [own.validatorId, keyTypes.indexOf(input.keyType), consensusKey as Hex, proof as Hex] as const;
    const data = encodeFunctionData({ abi: validatorRegistryAbi, functionName: "rotateConsensusKey", args });
    const keep = prepared(scene, {
      kind: "ROTATE_KEYS",
      account: scene.actor.address,
      steps: [act(scene.kit, "ValidatorRegistry", data)],
      expected: event("KeyRotated", own.memberNo, { validatorId: own.validatorId, newKeyHash }),
    });
    return async (sql) => {
      await endOtherSessions(sql, scene.kit, scene.actor, "keys_rotated");
      return keep(sql);
    };
  },
);
