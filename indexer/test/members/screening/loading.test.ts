import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loadSanctions } from "../../../src/domains/screening/domain.ts";
import { refusal } from "../browser.ts";
import { crowd, invented, type Screening, startScreening } from "./screened.ts";

let s: Screening;
beforeAll(async () => {
  s = await startScreening();
});
afterAll(() => s?.stop());

let made = 0;
let list = "";
/** Every test has a list of its own. */
beforeEach(() => {
  list = `list-${++made}`;
});

const inForce = async () =>
  (
    await s.rows<{ id: string; entry_count: number; stored: string }>(
      `select v.id, entry_count, (select count(*) from app.screening_entries e where e.version_id = v.id) as stored
         from app.screening_versions v where list = $1 and state = 'in_force'`,
      list,
    )
  )[0];
const loaded = (people: number) => s.load(invented(crowd(people)), list);

describe("a list", () => {
  it("comes into force as a whole, with its checksum, and leaves one entry in the trail", async () => {
    const { versionId, outcome, entries } = await loaded(1_203);
    expect([outcome, entries]).toEqual(["in_force", 1_203]);
    expect(await inForce()).toEqual({ id: versionId, entry_count: 1_203, stored: "1203" });
    const trail = await s.rows(
      "select 1 from app.audit_entries where action = 'screening.list.in_force' and detail->>'versionId' = $1",
      versionId,
    );
    expect(trail).toHaveLength(1);
  });

  it("that is loaded again is left as it is", async () => {
    const { versionId } = await loaded(10);
    expect(await loaded(10)).toMatchObject({ outcome: "unchanged", versionId });
    expect((await inForce())?.id).toBe(versionId);
  });

  it.each([
    ["empty", "\n", "LIST_EMPTY"],
    ["cut off", invented(crowd(30)).slice(0, 900), "LIST_TRUNCATED"],
    ["no list", "<html>try again later</html>\n", "LIST_BROKEN"],
  ])("that is %s leaves the one in force, and nothing of itself", async (_what, text, code) => {
    const { versionId } = await loaded(20);
    await expect(s.load(text, list)).rejects.toThrow(expect.objectContaining({ code }));
    expect(await inForce()).toMatchObject({ id: versionId, stored: "20" });
    expect(await s.rows("select 1 from app.screening_versions where list = $1", list)).toHaveLength(1);
  });

  it("of XML that is empty or a bomb leaves the one in force", async () => {
    const xml = s.fixture("SDN_ADVANCED.XML");
    const { versionId } = await s.load(xml, list, "sdn-advanced-xml");
    const empty = xml.replace(/<DistinctParties>[\s\S]*<\/DistinctParties>/, "<DistinctParties/>");
    await expect(s.load(empty, list, "sdn-advanced-xml")).rejects.toThrow(
      expect.objectContaining({ code: "LIST_EMPTY" }),
    );
    const bomb = xml.replace("<Sanctions", `<!DOCTYPE x [<!ENTITY a "b">]><Sanctions`);
    await expect(s.load(bomb, list, "sdn-advanced-xml")).rejects.toThrow(
      expect.objectContaining({ code: "LIST_FORBIDDEN" }),
    );
    expect((await inForce())?.id).toBe(versionId);
  });

  it("may shrink by a fifth, and by 21 in a hundred only with two officers", async () => {
    await loaded(100);
    expect((await loaded(80)).outcome).toBe("in_force");
    await loaded(100);
    const before = await inForce();
    const { versionId, outcome } = await loaded(79);
    expect(outcome).toBe("held");
    expect(await inForce()).toEqual(before);

    const [first, second] = [await s.kyc.officer(), await s.kyc.officer()];
    const path = `/api/v1/admin/sanctions-lists/${versionId}/acceptance`;
    const { approvalId } = await first.must<{ approvalId: string }>("POST", path);
    expect(await refusal(await s.kyc.decided(first, approvalId))).toEqual([403, "APPROVAL_SELF"]);
    expect((await inForce())?.id).toBe(before?.id);
    expect((await s.kyc.decided(second, approvalId)).status).toBe(200);
    expect(await inForce()).toMatchObject({ id: versionId, stored: "79" });
  });

  it("that was held is not accepted once a newer one is in force", async () => {
    await loaded(100);
    const { versionId } = await loaded(50);
    const [first, second] = [await s.kyc.officer(), await s.kyc.officer()];
    const path = `/api/v1/admin/sanctions-lists/${versionId}/acceptance`;
    const { approvalId } = await first.must<{ approvalId: string }>("POST", path);
    await loaded(101);
    expect(await refusal(await s.kyc.decided(second, approvalId))).toEqual([409, "LIST_OUTDATED"]);
    const kept = await s.rows("select 1 from app.screening_entries where version_id = $1", versionId);
    expect(kept).toHaveLength(0);
    expect((await inForce())?.entry_count).toBe(101);
  });

  it("that is loaded twice at once ends as one version, whole", async () => {
    await loaded(40);
    const loads = await Promise.all([41, 42, 43, 44].map(loaded));
    expect(loads.every(({ outcome }) => outcome === "in_force")).toBe(true);
    const now = await inForce();
    expect(now?.stored).toBe(String(now?.entry_count));
    const kept = await s.rows(
      "select distinct version_id from app.screening_entries join app.screening_versions v on v.id = version_id where list = $1",
      list,
    );
    expect(kept).toHaveLength(1);
  });

  it("whose checksum is not the publisher's leaves the one in force", async () => {
    const { versionId } = await loaded(10);
    const wrong = ["--sha256", "0".repeat(64)];
    await expect(s.load(invented(crowd(11)), list, "ftm-json", wrong)).rejects.toThrow(
      expect.objectContaining({ code: "LIST_CHECKSUM_WRONG" }),
    );
    expect((await inForce())?.id).toBe(versionId);
  });

  it.each([
    [["--file", "x"], "--list"],
    [["--list", "ofac-sdn"], "--file"],
    [["--list", "ofac-sdn", "--file", "x", "--format", "pdf"], "--format"],
    [["--list", "ofac-sdn", "--file", "x", "--force"], "--force"],
  ])("is not loaded by %j, which says what is wrong", (args, what) => {
    expect(() => loadSanctions(s.kit, args)).toThrow(
      expect.objectContaining({ code: "COMMAND_INVALID", message: expect.stringContaining(what) }),
    );
  });

  it("is shown to compliance and auditors, and to nobody else", async () => {
    const { versionId } = await loaded(5);
    const path = "/api/v1/admin/sanctions-lists";
    const auditor = await s.kyc.person({ roles: ["auditor"] });
    const { versions } = await auditor.must<{ versions: { id: string; state: string }[] }>("GET", path);
    expect(versions.find(({ id }) => id === versionId)?.state).toBe("in_force");
    expect(await refusal(await auditor.ask("POST", `${path}/${versionId}/acceptance`))).toEqual([403, "FORBIDDEN"]);
    for (const stranger of [await s.kyc.person(), await s.kyc.person({ roles: ["administrator"] })]) {
      expect(await refusal(await stranger.ask("GET", path))).toEqual([403, "FORBIDDEN"]);
    }
  });
});
