import { randomBytes, randomUUID } from "node:crypto";
import { type Hex, toHex } from "viem";
import { system } from "../../../platform/access/actor.ts";
import type { MemberActor } from "../../../platform/access/door.ts";
import { isSignedByKey } from "../../../platform/crypto/wallet/consensus-key.ts";
import {
  CHALLENGE_MS,
  digestOf,
  keyHashOf,
  type NodeChallenge,
  readAnswer,
  writeChallenge,
} from "../../../platform/crypto/wallet/node-challenge.ts";
import { takeFrom } from "../../../platform/db/load/rate-limit.ts";
import { tell } from "../../../platform/db/outbox.ts";
import { type Sql, transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { EgressError } from "../../../platform/http/egress/guard.ts";
import { Problem } from "../../../platform/http/problem.ts";
import type { JobData } from "../../../platform/jobs.ts";
import { ownValidator } from "../repository/mirror.ts";
import { endCheck, findCheck, insertCheck, latestCheck, type NodeCheck } from "../repository/nodes.ts";
import type { Registration } from "../repository/registrations.ts";
import { type CheckState, mayAskNode } from "../rules.ts";
import { placeOf } from "./places.ts";

export const NODE_QUEUE = "registration-node";
/** Nobody makes us knock at doors all day. */
const ASKS_AN_HOUR = { requests: 10, seconds: 3_600 };

type Outcome = { state: Exclude<CheckState, "ASKED">; signature: Hex | null };

const refusedAddress = (why: string) =>
  new Problem(422, "NODE_ADDRESS_REFUSED", "name a public host and a port, such as validator.example:26660", {
    errors: [{ field: "endpoint", message: why }],
  });

/**
 * Has the applicant's node asked whether it holds the validator's key, in the caller's transaction; a job asks it. The
 * registration is locked.
 * @throws {Problem} 409 STEP_OUT_OF_ORDER or VALIDATOR_NOT_REGISTERED; 422 NODE_ADDRESS_REFUSED; 429 NODE_ASKED_OFTEN
 */
export async function askNode(
  sql: Sql,
  kit: Kit,
  actor: MemberActor,
  r: Registration,
  endpoint: string,
): Promise<Registration> {
  const { memberId, id: registrationId } = r;
  const at = kit.clock();
  if (!mayAskNode(r.tier, r.state)) {
    throw new Problem(409, "STEP_OUT_OF_ORDER", `a node is not asked at ${r.state}; set your validator up first`);
  }
  const why = kit.egress.objection("node", endpoint);
  if (why) throw refusedAddress(why);
  const validator = await ownValidator(sql, memberId);
  if (!validator) throw new Problem(409, "VALIDATOR_NOT_REGISTERED", "register your validator on the chain first");
  const wait = await takeFrom(sql, kit.clock, `node-checks|${memberId}`, ASKS_AN_HOUR);
  if (wait > 0) {
    const headers = { "retry-after": String(wait) };
    throw new Problem(429, "NODE_ASKED_OFTEN", `your node was asked often; ask again in ${wait} s`, { headers });
  }
  const last = await latestCheck(sql, memberId, registrationId);
  if (last?.state === "ASKED") await endCheck(sql, last, { state: "EXPIRED", at, signature: null });
  const id = randomUUID();
  const sealedEndpoint = await kit.seals.seal("profile", placeOf({ memberId, id }), endpoint);
  const expiresAt = new Date(at.getTime() + CHALLENGE_MS);
  const check = { memberId, registrationId, id, ...validator, sealedEndpoint, nonce: randomBytes(32), askedAt: at };
  await insertCheck(sql, { ...check, expiresAt });
  await kit.jobs.send(sql, NODE_QUEUE, { memberId, registrationId, checkId: id });
  const detail = { registrationId, checkId: id };
  await kit.audit.append(sql, actor, { action: "registration.ask-node", subjectId: memberId, detail }, at);
  return r;
}

const challengeOf = (check: NodeCheck, endpoint: string, chainId: number): NodeChallenge => ({
  ...{ chainId, registrationId: check.registrationId, memberId: check.memberId, validatorId: check.validatorId },
  ...{ keyHash: keyHashOf(check.consensusKey), endpoint, nonce: toHex(check.nonce) },
  expiresAt: Math.floor(check.expiresAt.getTime() / 1_000),
});

/** Calls the node, and judges what it says. */
async function knock(kit: Kit, check: NodeCheck): Promise<Outcome> {
  const endpoint = await kit.seals.open("profile", placeOf(check), check.sealedEndpoint);
  const challenge = challengeOf(check, endpoint, kit.chainId);
  let said: string;
  try {
    said = await kit.egress.exchange(endpoint, writeChallenge(challenge));
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    const refused = error.code === "ADDRESS_REFUSED";
    const talked = error.code === "ANSWER_TOO_LARGE" || error.code === "ANSWER_BROKEN";
    return { state: refused ? "REFUSED_ADDRESS" : talked ? "UNREADABLE" : "UNREACHABLE", signature: null };
  }
  const signature = readAnswer(said);
  if (signature === undefined) return { state: "UNREADABLE", signature: null };
  if (!(await isSignedByKey(check, digestOf(challenge), signature))) return { state: "WRONG_KEY", signature: null };
  return { state: "ANSWERED", signature };
}

/** Asks a node what was to be asked, outside of any request. Done twice, the first answer stands. */
export async function checkNode({ memberId, registrationId, checkId }: JobData, kit: Kit): Promise<void> {
  const name = { memberId: String(memberId), registrationId: String(registrationId), id: String(checkId) };
  const check = await findCheck(kit.pool, name);
  if (check?.state !== "ASKED") return;
  const isOver = () => check.expiresAt <= kit.clock();
  const found = isOver() ? undefined : await knock(kit, check);
  const outcome: Outcome = found && !isOver() ? found : { state: "EXPIRED", signature: null };
  await transaction(kit.pool, async (sql) => {
    const at = kit.clock();
    if (!(await endCheck(sql, name, { ...outcome, at }))) return;
    const detail = { registrationId: name.registrationId, checkId: name.id, state: outcome.state };
    await kit.audit.append(sql, system, { action: "registration.node-check", subjectId: name.memberId, detail }, at);
    await tell(sql, { event: "ValidatorNodeChecked", memberId: name.memberId, detail }, at);
  });
}
