import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { everything } from "../../harness/database.ts";
import { crowd, invented, type Screening, startScreening } from "./screened.ts";

/** As the member writes itself; the list, which is public, spells it otherwise. */
const OWN = "CANARYBERD GILDONGA";
const LISTED = "CANARYBIRD GILDONGA";
const REASON = "canary-reason-19c4";

let s: Screening;
const lines: string[] = [];
beforeAll(async () => {
  s = await startScreening(pino({ level: "debug" }, { write: (line: string) => void lines.push(line) }));
});
afterAll(() => s?.stop());

describe("whom screening compares", () => {
  it("is named in no table, job or log, nor which entry it was found to fit", async () => {
    const { versionId } = await s.load(invented([...crowd(3), { id: "canary-entry", name: LISTED }]));
    await s.compared(versionId);
    const { member } = await s.kyc.submitted(OWN);
    await s.screened(member.memberId);
    const [hit] = await s.hits(member.memberId);
    const officer = await s.kyc.officer();
    await officer.must("POST", `/api/v1/admin/screening-hits/${hit?.id}/decision`, {
      outcome: "dismiss",
      reason: REASON,
    });
    await s.screened(member.memberId, 2);

    const dump = await everything(s.kit.pool);
    const hex = (text: string) => Buffer.from(text).toString("hex");
    expect(dump).toContain(hit?.id);
    for (const canary of [OWN, "canaryberd", "CANARYBERD", "홍길동", "1990-04-01", REASON]) {
      expect(dump).not.toContain(canary);
      expect(dump).not.toContain(hex(canary));
      expect(lines.join("\n")).not.toContain(canary);
    }
    // The list says it; no row of a member does.
    const rows = dump.split("\n").filter((row) => row.includes(member.memberId));
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) expect(row).not.toMatch(/canary-entry|CANARYBIRD/i);
  });
});
