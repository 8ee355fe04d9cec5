import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { countryOf } from "../../../src/domains/screening/data/countries.ts";
import type { ListEntry } from "../../../src/domains/screening/lists/entry.ts";
import { type Format, type ListFiles, sourceOf } from "../../../src/domains/screening/lists/open.ts";

const fixture = (name: string) => join(import.meta.dirname, "fixtures", name);
const folder = mkdtempSync(join(tmpdir(), "tburn-lists-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files: Record<Format, ListFiles> = {
  "sdn-csv": { format: "sdn-csv", file: fixture("SDN.CSV"), alt: fixture("ALT.CSV"), add: fixture("ADD.CSV") },
  "sdn-advanced-xml": { format: "sdn-advanced-xml", file: fixture("SDN_ADVANCED.XML") },
  "opensanctions-csv": { format: "opensanctions-csv", file: fixture("targets.simple.csv") },
  "ftm-json": { format: "ftm-json", file: fixture("entities.ftm.jsonl") },
};

async function entriesOf(list: ListFiles): Promise<ListEntry[]> {
  const found: ListEntry[] = [];
  for await (const entry of sourceOf(list).entries()) found.push(entry);
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Reads `text` as if it were a file of this format. */
function written(format: Format, text: string): Promise<ListEntry[]> {
  const file = join(folder, `${format}-${Math.random()}`);
  writeFileSync(file, text);
  return entriesOf({ ...files[format], file });
}
const text = (format: Format) => readFileSync(files[format].file, "utf8");

const zorban = {
  id: "90001",
  kind: "person",
  names: ["ZORBAN, Quillem Adrastos", "ZORBAN, Kilem"],
  birthDates: ["1961-03-03"],
  countries: ["IR", "KP"],
  wallets: ["0x00000000000000000000000000000000deadbea1"],
  topics: ["sanction"],
};

describe("a list", () => {
  it("gives the same entries in every format", async () => {
    const reference = await entriesOf(files["sdn-csv"]);
    expect(reference).toHaveLength(4);
    expect(reference[0]).toEqual(zorban);
    for (const format of ["sdn-advanced-xml", "opensanctions-csv", "ftm-json"] as const) {
      expect((await entriesOf(files[format])).filter(({ id }) => id !== "90005")).toEqual(reference);
    }
  });

  it("tells who is politically exposed where its format has topics", async () => {
    const exposed = (await entriesOf(files["ftm-json"])).find(({ id }) => id === "90005");
    expect(exposed?.topics).toEqual(["pep"]);
  });

  it("keeps native names and dates that are known by year or month alone", async () => {
    const baek = (await entriesOf(files["sdn-advanced-xml"])).find(({ id }) => id === "90003");
    expect(baek?.names).toContain("백누리가람");
    expect(baek?.birthDates).toEqual(["1974", "1975-06"]);
  });

  it.each(Object.keys(files) as Format[])("that was cut off anywhere is refused: %s", async (format) => {
    const whole = text(format);
    for (const share of [0.35, 0.6, 0.9]) {
      const cut = whole.slice(0, Math.floor(whole.length * share));
      await expect(written(format, cut)).rejects.toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^LIST_(TRUNCATED|BROKEN)$/) }),
      );
    }
  });

  it("without its last bytes is refused", async () => {
    await expect(written("ftm-json", text("ftm-json").slice(0, -1))).rejects.toThrow(
      expect.objectContaining({ code: "LIST_TRUNCATED" }),
    );
    await expect(written("sdn-advanced-xml", text("sdn-advanced-xml").slice(0, -3))).rejects.toThrow(
      expect.objectContaining({ code: "LIST_TRUNCATED" }),
    );
  });

  it("that would grow by its own entities is refused before one is read", async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
      <Sanctions><DistinctParties><DistinctParty FixedRef="1">&b;</DistinctParty></DistinctParties></Sanctions>`;
    await expect(written("sdn-advanced-xml", bomb)).rejects.toThrow(
      expect.objectContaining({ code: "LIST_FORBIDDEN" }),
    );
  });

  it("that names a file of ours as an entity is refused", async () => {
    const outside = `<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><Sanctions/>`;
    await expect(written("sdn-advanced-xml", outside)).rejects.toThrow(
      expect.objectContaining({ code: "LIST_FORBIDDEN" }),
    );
    await expect(written("sdn-advanced-xml", "<Sanctions>&outside;</Sanctions>")).rejects.toThrow(
      expect.objectContaining({ code: "LIST_BROKEN" }),
    );
  });

  it("with a value or a depth that no real one has is refused, however it is split", async () => {
    const endless = `<Sanctions><DistinctParties a="${"x".repeat(1_000_000)}"/></Sanctions>`;
    const deep = `${"<a>".repeat(60)}${"</a>".repeat(60)}`;
    const named = text("sdn-advanced-xml").replace("NEBULA TERN", "N".repeat(30_000));
    for (const xml of [endless, deep, named]) {
      await expect(written("sdn-advanced-xml", xml)).rejects.toThrow(
        expect.objectContaining({ code: "LIST_TOO_LARGE" }),
      );
    }
    const row = text("sdn-csv").replace("NEBULA TERN", "N".repeat(300_000));
    await expect(written("sdn-csv", row)).rejects.toThrow(expect.objectContaining({ code: "LIST_TOO_LARGE" }));
  });

  it("with one id twice is refused", async () => {
    const lines = text("ftm-json");
    await expect(written("ftm-json", `${lines}${lines}`)).rejects.toThrow(
      expect.objectContaining({ code: "LIST_BROKEN" }),
    );
  });

  it("in SDN.CSV without its aliases and addresses is refused", async () => {
    const alone = { format: "sdn-csv", file: fixture("SDN.CSV") } as const;
    expect(() => sourceOf(alone)).toThrow(expect.objectContaining({ code: "LIST_INCOMPLETE" }));
  });
});

describe("a country", () => {
  it("is known by either code and by the Treasury's names; a region is none", () => {
    expect(["KOR", "kr", "Korea, South", "South Korea", "Burma", "Iran"].map(countryOf)).toEqual([
      ...["KR", "KR", "KR", "KR", "MM", "IR"],
    ]);
    expect(["Undetermined", "Region: Kafia Kingi", "EU", "XYZ"].map(countryOf)).toEqual([
      ...[undefined, undefined, undefined, undefined],
    ]);
  });
});
