import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Role } from "../../src/platform/access/actor.ts";
import { refusal } from "./browser.ts";
import { type People, startPeople } from "./people.ts";

let people: People;
beforeAll(async () => {
  people = await startPeople();
});
afterAll(() => people?.stop());
beforeEach(async () => {
  await people.forgetVisits();
  await people.database.pool.query("truncate app.approvals, app.staff_roles");
});

interface Person {
  memberId: string;
  address: string;
  ask(method: string, path: string, body?: unknown): Promise<Response>;
}

/** Somebody who has signed in, with roles and a fresh second factor. */
async function person(...roles: Role[]): Promise<Person> {
  await people.forgetVisits();
  const page = people.browser();
  const account = privateKeyToAccount(generatePrivateKey());
  const { memberId, accessToken } = await page.signIn(account);
  for (const role of roles) await people.appoint(memberId, role);
  await people.database.pool.query("update app.sessions set stepped_up_at = now() where member_id = $1", [memberId]);
  const ask = (method: string, path: string, body?: unknown) =>
    page.send(method, path, body, { authorization: `Bearer ${accessToken}` });
  return { memberId, address: account.address, ask };
}

const rolesOf = async ({ ask }: Person) =>
  ((await (await ask("GET", "/api/v1/auth/session")).json()) as { roles: Role[] }).roles;

const proposed = async (by: Person, to: Person, role: Role, change = "appoint") => {
  const response = await by.ask("POST", "/api/v1/admin/staff", { change, address: to.address, role });
  if (response.status !== 202) throw new Error(await response.text());
  return ((await response.json()) as { approvalId: string }).approvalId;
};
const decided = (by: Person, id: string, approve = true) =>
  by.ask("POST", `/api/v1/admin/approvals/${id}/decision`, { approve, reason: "as agreed" });

describe("a role of the staff", () => {
  it("is given by two administrators, in one transaction with its audit entries", async () => {
    const [first, second, newcomer] = [await person("administrator"), await person("administrator"), await person()];
    const id = await proposed(first, newcomer, "compliance");
    expect(await rolesOf(newcomer)).toEqual([]);
    expect((await decided(second, id)).status).toBe(200);
    expect(await rolesOf(newcomer)).toEqual(["compliance"]);
    const { rows } = await people.database.pool.query(
      "select action, actor_id from app.audit_entries where subject_id = $1 and action like 'staff.%' order by id",
      [newcomer.memberId],
    );
    expect(rows).toEqual([
      { action: "staff.appoint.propose", actor_id: first.memberId },
      { action: "staff.appoint.approved", actor_id: second.memberId },
    ]);
  });

  it("is not given by whoever proposed it, administrator or not", async () => {
    const [first, newcomer] = [await person("administrator"), await person()];
    const id = await proposed(first, newcomer, "auditor");
    expect(await refusal(await decided(first, id))).toEqual([403, "APPROVAL_SELF"]);
  });

  it("is neither proposed nor decided by anybody else", async () => {
    const [admin, officer, member] = [await person("administrator"), await person("compliance"), await person()];
    const id = await proposed(admin, member, "auditor");
    expect(await refusal(await decided(officer, id))).toEqual([403, "FORBIDDEN"]);
    expect(await refusal(await decided(member, id))).toEqual([403, "FORBIDDEN"]);
    const body = { change: "appoint", address: member.address, role: "administrator" };
    expect(await refusal(await member.ask("POST", "/api/v1/admin/staff", body))).toEqual([403, "FORBIDDEN"]);
  });

  it("asks for a second factor within five minutes, and says so", async () => {
    const [first, second, newcomer] = [await person("administrator"), await person("administrator"), await person()];
    const id = await proposed(first, newcomer, "auditor");
    await people.database.pool.query(
      "update app.sessions set stepped_up_at = now() - interval '301 seconds' where member_id = $1",
      [second.memberId],
    );
    const refused = await decided(second, id);
    expect(refused.headers.get("www-authenticate")).toContain("insufficient_user_authentication");
    expect(await refusal(refused)).toEqual([401, "STEP_UP_REQUIRED"]);
  });

  it("is decided once, however many decide at once", async () => {
    const [first, newcomer] = [await person("administrator"), await person()];
    const id = await proposed(first, newcomer, "auditor");
    const deciders: Person[] = [];
    for (let n = 0; n < 4; n++) deciders.push(await person("administrator"));
    const answers = await Promise.all(deciders.map((one) => decided(one, id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  });

  it("is proposed once at a time, and may be taken back by its proposer alone", async () => {
    const [first, second, newcomer] = [await person("administrator"), await person("administrator"), await person()];
    const id = await proposed(first, newcomer, "auditor");
    const body = { change: "appoint", address: newcomer.address, role: "auditor" };
    expect(await refusal(await second.ask("POST", "/api/v1/admin/staff", body))).toEqual([409, "APPROVAL_OPEN"]);
    expect((await second.ask("DELETE", `/api/v1/admin/approvals/${id}`)).status).toBe(403);
    expect((await first.ask("DELETE", `/api/v1/admin/approvals/${id}`)).status).toBe(204);
    expect(await refusal(await decided(second, id))).toEqual([409, "APPROVAL_DECIDED"]);
  });

  it("leaves nothing behind if it cannot be carried out", async () => {
    const [first, second, newcomer] = [await person("administrator"), await person("administrator"), await person()];
    const id = await proposed(first, newcomer, "auditor", "dismiss");
    expect(await refusal(await decided(second, id))).toEqual([409, "ROLE_NOT_HELD"]);
    const { approvals } = (await (await second.ask("GET", "/api/v1/admin/approvals")).json()) as {
      approvals: { id: string }[];
    };
    expect(approvals.map((approval) => approval.id)).toEqual([id]);
  });
});
