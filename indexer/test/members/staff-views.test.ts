import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Role } from "../../src/platform/access/actor.ts";
import { type Applicants, addressOf, startApplicants } from "./applicant.ts";
import { refusal } from "./browser.ts";

let here: Applicants;
beforeAll(async () => {
  here = await startApplicants();
});
afterAll(() => here?.stop());
beforeEach(async () => {
  await here.forgetVisits();
  await here.database.pool.query("truncate app.approvals");
});

type Who = "compliance" | "administrator" | "auditor" | "nobody";

/** Somebody who has signed in, with a fresh second factor and perhaps a role. */
async function person(role: Who) {
  await here.forgetVisits();
  const page = here.browser();
  const account = privateKeyToAccount(generatePrivateKey());
  const { memberId, accessToken } = await page.signIn(account);
  if (role !== "nobody") await here.appoint(memberId, role as Role);
  await here.database.pool.query("update app.sessions set stepped_up_at = now() where member_id = $1", [memberId]);
  const ask = (method: string, path: string, body?: unknown) =>
    page.send(method, `/api/v1${path}`, body, { authorization: `Bearer ${accessToken}` });
  return { memberId, address: account.address.toLowerCase(), ask };
}

const statuses = async (path: string) => {
  const found: Partial<Record<Who, number>> = {};
  for (const who of ["compliance", "administrator", "auditor", "nobody"] as const) {
    found[who] = (await (await person(who)).ask("GET", path)).status;
  }
  return found;
};

describe("what the staff sees of a member", () => {
  it("is each section for the roles that it is for", async () => {
    const { memberId } = await here.applicant();
    const of = (section: string) => statuses(`/admin/members/${memberId}/${section}`);
    const forCompliance = { compliance: 200, administrator: 403, auditor: 200, nobody: 403 };
    expect(await of("kyc-cases")).toEqual(forCompliance);
    expect(await of("legal-hold")).toEqual(forCompliance);
    expect(await of("registrations")).toEqual({ ...forCompliance, administrator: 200 });
  });

  it("is the way in with its steps, and no address", async () => {
    const one = await here.applicant();
    const email = addressOf("noh");
    await one.register(email);
    const { ask } = await person("administrator");
    const text = await (await ask("GET", `/admin/members/${one.memberId}/registrations`)).text();
    expect(text).not.toContain(email);
    const [registration] = JSON.parse(text).registrations;
    expect(registration).toMatchObject({ state: "EMAIL_PENDING", tier: "BASIC_USER", stakeAsked: null });
    expect(registration.steps.map(({ command }: { command: string }) => command)).toEqual(["bind-account", "email"]);
  });

  it("is that the law keeps the data, once two officers said so", async () => {
    const { memberId } = await here.applicant();
    const [first, second] = [await person("compliance"), await person("compliance")];
    const path = `/admin/members/${memberId}/legal-hold`;
    const proposed = await first.ask("POST", path, { change: "place", reference: "COURT/2026-1" });
    const { approvalId } = await proposed.json();
    expect(await (await first.ask("GET", path)).json()).toEqual({ hold: null, erasure: null });
    await second.ask("POST", `/admin/approvals/${approvalId}/decision`, { approve: true, reason: "order seen" });
    expect(await (await first.ask("GET", path)).json()).toMatchObject({ hold: { reference: "COURT/2026-1" } });
  });

  it("leaves an entry in the trail for each section that was looked at", async () => {
    const { memberId } = await here.applicant();
    const officer = await person("compliance");
    for (const section of ["kyc-cases", "registrations", "legal-hold"]) {
      await officer.ask("GET", `/admin/members/${memberId}/${section}`);
    }
    const { rows } = await here.database.pool.query(
      "select action from app.audit_entries where actor_id = $1 and subject_id = $2 order by id",
      [officer.memberId, memberId],
    );
    const actions = rows.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(["kyc.case.read", "registration.read", "privacy.hold.read"]);
  });
});

describe("the list of proposals", () => {
  it("names people by their wallets, and says who may decide", async () => {
    const [first, second, officer] = [
      await person("administrator"),
      await person("administrator"),
      await person("compliance"),
    ];
    const newcomer = await person("nobody");
    const body = { change: "appoint", address: newcomer.address, role: "auditor" };
    await first.ask("POST", "/admin/staff", body);
    const seen = async ({ ask }: typeof first) => (await (await ask("GET", "/admin/approvals")).json()).approvals[0];
    expect(await seen(first)).toMatchObject({
      ...{ isMine: true, mayDecide: false, kind: "staff.appoint", detail: { role: "auditor" } },
      ...{ subjectAddress: newcomer.address, proposedByAddress: first.address, decidedByAddress: null },
    });
    expect(await seen(second)).toMatchObject({ isMine: false, mayDecide: true });
    expect(await seen(officer)).toMatchObject({ isMine: false, mayDecide: false });
    expect(await refusal(await newcomer.ask("GET", "/admin/approvals"))).toEqual([403, "FORBIDDEN"]);
  });
});
