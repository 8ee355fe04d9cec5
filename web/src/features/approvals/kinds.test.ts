import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { later } from "../../shared/i18n/en/later.ts";
import { words as first } from "../../shared/i18n/en.ts";
import type { Translate } from "../../shared/i18n/i18n.ts";
import { placeOf, secondsLeft, wordsOf } from "./kinds.ts";

const catalog: Record<string, unknown> = { ...first, ...later };
const t: Translate = (key, values = {}) =>
  String(catalog[key]).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));

/** Kinds that the server knows, as its domains name them. */
function kindsOfServer(): string[] {
  const domains = join(import.meta.dirname, "../../../../indexer/src/domains");
  const files = readdirSync(domains, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const texts = files.map((file) => readFileSync(join(domains, file), "utf8"));
  const constants = new Map(
    texts.flatMap((text) =>
      [...text.matchAll(/const ([A-Z_]+) = "([\w.]+)"/g)].map(([, name, value]) => [name, value]),
    ),
  );
  return texts
    .flatMap((text) => /\n {2}approvals: \{([^}]*)\}/.exec(text)?.[1] ?? [])
    .flatMap((body) => [...body.matchAll(/(?:"([\w.]+)"|\[([A-Z_]+)\]):/g)])
    .map(([, literal, name]) => literal ?? constants.get(name) ?? `unread ${name}`);
}

describe("the words of a proposal", () => {
  it("are there for every kind that the server knows", () => {
    const kinds = kindsOfServer();
    expect(kinds.length).toBeGreaterThanOrEqual(8);
    expect(kinds.filter((kind) => wordsOf(kind, {}, t).startsWith("Another kind"))).toEqual([]);
  });
  it("name what it changes", () => {
    expect(wordsOf("staff.appoint", { role: "auditor" }, t)).toBe("Give a role: Auditor");
    expect(wordsOf("kyc.decision", { level: 2, outcome: "approve" }, t)).toBe(
      "Identity case of level Enhanced: Approve",
    );
    const list = { list: "OFAC", before: 100, entries: 70 };
    expect(wordsOf("screening.list.accept", list, t)).toContain("OFAC. Entries before: 100, now: 70");
  });
  it("fall back to the code of a kind that is newer than the page", () => {
    expect(wordsOf("moon.landing", {}, t)).toBe("Another kind of proposal: moon.landing");
  });
});

describe("a proposal", () => {
  it("about documents is decided where they are", () => {
    expect(placeOf("kyc.decision", { caseId: "c" })).toEqual({ at: "case", id: "c" });
    expect(placeOf("screening.hit.confirm", { hitId: "h" })).toEqual({ at: "hit", id: "h" });
    expect(placeOf("staff.appoint", {})).toBeUndefined();
  });
  it("has no time left once it is over", () => {
    const at = Date.parse("2026-01-01T00:00:00Z");
    expect(secondsLeft("2026-01-01T00:01:00.900Z", at)).toBe(60);
    expect(secondsLeft("2025-12-31T00:00:00Z", at)).toBe(0);
  });
});
