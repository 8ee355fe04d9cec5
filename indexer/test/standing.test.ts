import { parseEther } from "ethers";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { digest } from "../src/platform/db/tables.ts";
import { address, startTestChain, type TestChain } from "./harness/chain.ts";
import { freshDatabase, type TestDatabase } from "./harness/database.ts";
import { catchUp, engine, freshDigest } from "./harness/engine.ts";

let chain: TestChain;
let database: TestDatabase;
let follow: () => Promise<unknown>;

beforeAll(async () => {
  chain = await startTestChain(inject("world"));
  database = await freshDatabase(inject("postgres"));
  const { sync } = await engine(database.pool, { urls: [chain.url], record: chain.record });
  follow = () => catchUp(sync);
});
afterAll(async () => {
  await database?.drop();
  await chain?.stop();
});

const nobody = `0x${"0".repeat(40)}`;

async function rowOf(table: string, key: string, value: number) {
  await follow();
  const { rows } = await database.pool.query<Record<string, unknown>>(
    `select * from chain.${table} where ${key} = ${value}`,
  );
  return rows[0] ?? {};
}

/** A member's row against the contract's own record. */
async function expectMember(memberNo: number): Promise<Record<string, unknown>> {
  const row = await rowOf("members", "member_no", memberNo);
  const real = await chain.view<{ owner: string; operator: string; payout: string; status: number; memberId: string }>(
    "MemberRegistry",
    "member",
    [memberNo],
  );
  const [payout, recovery] = [
    await chain.view<{ to: string }>("MemberRegistry", "pendingPayout", [memberNo]),
    await chain.view<{ to: string }>("MemberRegistry", "pendingRecovery", [memberNo]),
  ];
  const heir = await chain.view<string>("MemberRegistry", "pendingOwner", [memberNo]);
  expect([row.owner, row.operator ?? nobody, row.payout, row.status, row.member_id]).toEqual([
    real.owner.toLowerCase(),
    real.operator.toLowerCase(),
    real.payout.toLowerCase(),
    real.status,
    real.memberId,
  ]);
  expect([row.pending_payout ?? nobody, row.pending_recovery ?? nobody, row.pending_owner ?? nobody]).toEqual([
    payout.to.toLowerCase(),
    recovery.to.toLowerCase(),
    heir.toLowerCase(),
  ]);
  return row;
}

it("follows a member's keys, payout and recovery", async () => {
  const member = 4;
  const act = (name: string, args: unknown[]) => chain.act(member, "MemberRegistry", name, args);
  await act("setOperator", [address(30)]);
  await act("proposePayout", [address(31)]);
  await expectMember(member);
  await act("cancelPayout", []);
  await expectMember(member);
  await act("proposePayout", [address(32)]);
  await chain.passTime(200);
  await act("confirmPayout", []);
  await act("proposeOwner", [address(33)]);
  await expectMember(member);
  await chain.act(33, "MemberRegistry", "acceptOwner", [member]);
  await expectMember(member);
  await chain.act(0, "MemberRegistry", "proposeRecovery", [member, address(34)]);
  await expectMember(member);
  await chain.act(33, "MemberRegistry", "cancelRecovery", []);
  await expectMember(member);
  await chain.act(33, "MemberRegistry", "proposePayout", [address(35)]);
  await chain.act(0, "MemberRegistry", "proposeRecovery", [member, address(34)]);
  await chain.passTime(200);
  await chain.act(34, "MemberRegistry", "executeRecovery", [member]);
  await expectMember(member);
  await chain.act(0, "MemberRegistry", "setStatus", [member, 4]);
  expect((await expectMember(member)).status).toBe(4);
});

it("follows what attesters take back", async () => {
  const record = () => chain.view<{ uid: string; level: number }>("KycRegistry", "record", [5]);
  const { uid } = await record();
  expect(await rowOf("members", "member_no", 5)).toMatchObject({ kyc_level: 1, kyc_uid: uid });
  await chain.act(0, "KycRegistry", "revoke", [uid, 3]);
  await chain.act(0, "KycRegistry", "revoke", [`0x${"77".repeat(32)}`, 1]);
  expect(await chain.view<number>("KycRegistry", "levelOf", [5])).toBe(0);
  expect(await rowOf("members", "member_no", 5)).toMatchObject({ kyc_level: 0, kyc_valid_until: null });
  expect(await rowOf("kyc_attestations", "member_no", 5)).toMatchObject({ uid, revoked_reason: 3 });
});

async function expectValidator(validatorId: number): Promise<void> {
  const row = await rowOf("validators", "validator_id", validatorId);
  const real = await chain.view<{
    active: boolean;
    tombstoned: boolean;
    jailedUntil: number;
    executableAt: number;
    pendingBps: number;
    commissionBps: number;
    minDelegation: bigint;
  }>("ValidatorRegistry", "validator", [validatorId]);
  const stake = await chain.view<{ keep: bigint; openCases: number }>("StakingCore", "validatorStake", [validatorId]);
  expect([row.active, row.tombstoned, Number(row.jailed_until ?? 0), Number(row.pending_from ?? 0)]).toEqual([
    real.active,
    real.tombstoned,
    Number(real.jailedUntil),
    Number(real.executableAt),
  ]);
  expect([row.commission_bps, row.min_delegation, row.keep, row.open_cases]).toEqual([
    real.commissionBps,
    String(real.minDelegation),
    String(stake.keep),
    stake.openCases,
  ]);
}

it("follows a validator's terms and standing", async () => {
  const operate = (name: string, args: unknown[]) => chain.act(1, "ValidatorRegistry", name, args);
  await operate("setMetadata", [1, "0xRenamed"]);
  await operate("setMinDelegation", [1, parseEther("150")]);
  await operate("declareCommission", [1, 700]);
  await expectValidator(1);
  expect((await rowOf("validators", "validator_id", 1)).name).toBe("0xRenamed");
  await chain.passTime(200);
  await operate("executeCommission", [1]);
  await expectValidator(1);
  await operate("declareCommission", [1, 900]);
  await operate("deactivate", [1]);
  await expectValidator(1);
  await operate("declareCommission", [1, 400]);
  await operate("activate", [1, 0]);
  await chain.act(0, "StakingCore", "openCase", [1]);
  await expectValidator(1);
  await chain.act(0, "StakingCore", "closeCase", [1]);
  await expectValidator(1);
});

it("follows a validator into jail, out of it, and into its grave", async () => {
  const block = await chain.rpc<{ timestamp: string }>("eth_getBlockByNumber", ["latest", false]);
  await chain.act(2, "ValidatorRegistry", "declareCommission", [2, 700]);
  await chain.act(0, "StakingCore", "slash", [2, Number(block.timestamp), 9n * 10n ** 17n, 0]);
  await chain.act(0, "ValidatorRegistry", "jail", [2, Number(block.timestamp) + 100]);
  await expectValidator(2);
  await chain.passTime(150);
  await chain.act(2, "ValidatorRegistry", "unjail", [2]);
  await expectValidator(2);
  await chain.act(0, "ValidatorRegistry", "tombstone", [3]);
  await expectValidator(3);
});

it("tells the same rows anew", async () => {
  await follow();
  expect(await digest(database.pool)).toEqual(await freshDigest(inject("postgres"), chain.url, chain.record));
});
