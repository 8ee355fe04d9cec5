import { randomUUID } from "node:crypto";
import { parseEther } from "ethers";
import { privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { localWallet } from "../../../scripts/local/chain.ts";
import { DELEGATORS, VALIDATORS } from "../harness/chain.ts";
import { catchUp, engine } from "../harness/engine.ts";
import {
  type Applicant,
  type Applicants,
  addressOf,
  codeIn,
  mailTo,
  type Standing,
  startApplicants,
} from "./applicant.ts";
import { refusal } from "./browser.ts";

const FINALITY = 3;
let here: Applicants;
let follow: () => Promise<unknown>;

beforeAll(async () => {
  here = await startApplicants();
  const options = { urls: [here.chain.url], record: here.chain.record, finalityDepth: FINALITY };
  const { sync } = await engine(here.database.pool, options);
  follow = () => catchUp(sync);
  await here.chain.mine(FINALITY);
  await follow();
});
afterAll(() => here?.stop());
beforeEach(() => here.forgetVisits());

/** Somebody of the chain's cast whose identity is known, about to stake. */
async function identified(index: number, tier: string): Promise<Applicant> {
  const one = await here.applicant(privateKeyToAccount(localWallet(index).privateKey as `0x${string}`));
  const email = addressOf("stake");
  expect((await one.register(email, tier)).status).toBe(202);
  await one.verify(codeIn(await mailTo(here.sink, email)));
  await one.step("skip-phone");
  expect((await one.standing()).state).toBe("KYC_APPROVED");
  return one;
}
const amount = (tburn: string) => ({ amount: String(parseEther(tburn)) });
const delegate = (index: number, tburn: string) =>
  here.chain.act(index, "StakingCore", "delegate", [VALIDATORS[0], parseEther(tburn), 0n]);

/** A list in force that names the wallet, as a load would leave it. @returns what takes it back */
async function list(one: Applicant): Promise<() => Promise<unknown>> {
  const { pool } = here.database;
  const id = randomUUID();
  await pool.query(
    `insert into app.screening_versions (id, list, format, sha256, entry_count, entries_before, state, loaded_at)
     values ($1, $2, 'ftm-json', '', 1, 0, 'in_force', now())`,
    [id, `list-${id}`],
  );
  await pool.query(
    `insert into app.screening_entries (version_id, entry_id, digest, entry, is_changed) values ($1, 'e', '', '{"names":["Invented"]}', true)`,
    [id],
  );
  await pool.query("insert into app.screening_wallets (address, version_id, entry_id) values ($1, $2, 'e')", [
    one.account.address.toLowerCase(),
    id,
  ]);
  return () => pool.query("update app.screening_versions set state = 'replaced' where id = $1", [id]);
}

describe("a stake", () => {
  it("counts once nothing takes its block back, and lets nobody in whose wallet a sanctions list names", async () => {
    const index = DELEGATORS[2] ?? 0;
    const one = await identified(index, "DELEGATED_STAKER");
    await one.step("stake-intent", amount("150"));
    await delegate(index, "150");
    await follow();
    expect(await one.standing()).toMatchObject({ state: "STAKE_INTENT", stake: { standing: "seen" } });
    await here.chain.rollBack(1);
    await here.chain.mine(2);
    await follow();
    expect(await one.standing()).toMatchObject({ state: "STAKE_INTENT", stake: { standing: "none", held: "0" } });
    await delegate(index, "150");
    await here.chain.mine(FINALITY);
    await follow();
    expect(await one.standing()).toMatchObject({ state: "STAKE_CONFIRMED", stake: { standing: "final" } });
    const delist = await list(one);
    expect(await refusal(await one.step("submit"))).toEqual([409, "REGISTRATION_HELD"]);
    await delist();
    const done = await one.step("submit");
    expect(((await done.json()) as Standing).state).toBe("APPROVED");
  });

  it("that was confirmed is taken back when its block no longer stands", async () => {
    const index = DELEGATORS[3] ?? 0;
    const one = await identified(index, "DELEGATED_STAKER");
    await one.step("stake-intent", amount("200"));
    await delegate(index, "200");
    await here.chain.mine(FINALITY);
    await follow();
    expect((await one.standing()).state).toBe("STAKE_CONFIRMED");
    // Deeper than finality: a mirror stops there, and is told anew by hand. This is what it says afterwards.
    await here.database.pool.query("update app.registrations set stake_hash = '0xother' where member_id = $1", [
      one.memberId,
    ]);
    const { rows } = await here.database.pool.query<{ n: string }>(
      "delete from chain.activity where event = 'StakeDelegated' and args->>'tokens' = $1 returning *",
      [String(parseEther("200"))],
    );
    expect(rows).toHaveLength(1);
    expect(await one.standing()).toMatchObject({ state: "STAKE_INTENT", stake: { standing: "none" } });
    expect(await refusal(await one.step("submit"))).toEqual([409, "STEP_OUT_OF_ORDER"]);
  });

  it("below what the tier asks for is refused, and so is a tier above one's identity, saying what lacks", async () => {
    const one = await identified(DELEGATORS[4] ?? 0, "DELEGATED_STAKER");
    const little = (await (await one.step("stake-intent", amount("99"))).json()) as { code: string; errors: object[] };
    expect(little).toMatchObject({ code: "TIER_OUT_OF_REACH", errors: [{ field: "amount" }] });
    const high = (await (await one.step("tier", { tier: "ACTIVE_VALIDATOR" })).json()) as { code: string };
    expect(high).toMatchObject({ code: "TIER_OUT_OF_REACH", errors: [{ field: "kycLevel" }] });
  });
});

describe("a validator's registration", () => {
  it("waits in its place for somebody of the staff, who is not the applicant, and is let in once", async () => {
    const one = await identified(VALIDATORS[0] ?? 0, "CANDIDATE_VALIDATOR");
    await one.step("stake-intent", amount("10000"));
    expect((await one.standing()).state).toBe("STAKE_CONFIRMED");
    await one.step("setup");
    const submitted = (await (await one.step("submit")).json()) as Standing;
    expect(submitted).toMatchObject({ state: "PENDING_APPROVAL", queuePosition: 1, open: [] });
    const officer = await here.applicant();
    for (const { memberId } of [one, officer]) {
      await here.appoint(memberId, "compliance");
      await here.database.pool.query("update app.sessions set stepped_up_at = now() where member_id = $1", [memberId]);
    }
    const { rows } = await here.database.pool.query<{ id: string }>(
      "select id from app.approvals where subject_id = $1",
      [one.memberId],
    );
    const decide = (who: Applicant) =>
      who.post(`/api/v1/admin/approvals/${rows[0]?.id}/decision`, { approve: true, reason: "all is there" });
    expect(await refusal(await decide(one))).toEqual([403, "APPROVAL_SELF"]);
    const delist = await list(one);
    expect(await refusal(await decide(officer))).toEqual([409, "SANCTIONS_HIT"]);
    await delist();
    // Its node was never asked; node-check tells the rest.
    expect(await refusal(await decide(officer))).toEqual([409, "NODE_NOT_ANSWERED"]);
    const waiver = `/api/v1/admin/members/${one.memberId}/registrations/${submitted.id}/node-waiver`;
    expect((await officer.put(waiver, { reason: "looked at on the telephone" })).status).toBe(204);
    expect((await decide(officer)).status).toBe(200);
    expect(await refusal(await decide(officer))).toEqual([409, "APPROVAL_DECIDED"]);
    expect((await one.standing()).state).toBe("APPROVED");
    const told = await here.database.pool.query(
      "select 1 from app.events where member_id = $1 and event = 'MemberRegistered'",
      [one.memberId],
    );
    expect(told.rows).toHaveLength(1);
  });
});
