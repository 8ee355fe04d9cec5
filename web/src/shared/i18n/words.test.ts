import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { errorsAbi } from "@tburn/deployments/abi/errors";
import { describe, expect, it } from "vitest";
import type { Text } from "./compile.ts";
import { later as laterEn } from "./en/later.ts";
import { words as firstEn } from "./en.ts";
import { later as laterKo } from "./ko/later.ts";
import { words as firstKo } from "./ko.ts";

const ko = { ...firstKo, ...laterKo };
const en = { ...firstEn, ...laterEn };
const catalogs: Record<string, Record<string, Text>> = { ko, en };
const abiFolder = join(import.meta.dirname, "../../../../deployments/abi");
const whole = (text: Text) => (typeof text === "string" ? text : `${text.one} ${text.other}`);
const places = (text: Text) => [...new Set(whole(text).match(/\{\w+\}/g) ?? [])].sort();

/** Errors of each ABI file, read as modules so that a new file is not overlooked. */
async function namesInAbis(): Promise<string[]> {
  const files = readdirSync(abiFolder).filter((file) => file.endsWith(".ts"));
  const modules = await Promise.all(files.map((file) => import(join(abiFolder, file))));
  const items = modules.flatMap((module) => Object.values(module).flat()) as { type: string; name: string }[];
  return [...new Set(items.filter(({ type }) => type === "error").map(({ name }) => name))];
}

describe("words", () => {
  it("says the same things in both languages", () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(ko).sort());
  });
  it("leaves nothing empty", () => {
    for (const catalog of Object.values(catalogs))
      expect(Object.entries(catalog).filter(([, text]) => whole(text).trim() === "")).toEqual([]);
  });
  it("fills the same places in both languages", () => {
    const differing = Object.keys(ko).filter((key) => {
      const [a, b] = [places(catalogs.ko?.[key] ?? ""), places(catalogs.en?.[key] ?? "")];
      return a.join() !== b.join();
    });
    expect(differing).toEqual([]);
  });
  it("lets no Korean particle follow a value", () => {
    const particle = /\{\w+\}(?:은|는|이|가|을|를|와|과|으로|로|아|야)(?=[\s.,]|$)/;
    expect(Object.entries(ko).filter(([, text]) => particle.test(text))).toEqual([]);
  });
  it("has words for every error of every contract", async () => {
    const names = await namesInAbis();
    expect(names.length).toBeGreaterThan(50);
    for (const catalog of Object.values(catalogs))
      expect(names.filter((name) => catalog[`error.${name}`] === undefined)).toEqual([]);
  });
  it("can decode every error of every contract", async () => {
    const known = new Set<string>(errorsAbi.map(({ name }) => name));
    expect((await namesInAbis()).filter((name) => !known.has(name))).toEqual([]);
  });
  it("names only what an error tells", () => {
    const strangers = errorsAbi.flatMap(({ name, inputs }) => {
      const told = new Set(inputs.map((input) => `{${input.name}}`));
      return places(catalogs.ko?.[`error.${name}`] ?? "").filter((place) => !told.has(place));
    });
    expect(strangers).toEqual([]);
  });
});

const source = join(import.meta.dirname, "../..");
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));

/** Parts of the dApp whose routes wait for all words (`wordy` in routes.tsx), and what of them is on other screens. */
const waiting =
  /^(Appeal\.tsx|features\/(api-keys|approvals|audit|casework|council|kyc|members|notifications|onboarding|playground|privacy|profile|referrals|security|slashing|suspensions|webhooks|governance\/delegates)\/|shared\/(appeal|session|statement)\/)/;
const everywhere = /(SuspendedBanner|CouncilLink)\.tsx$/;

describe("keys in the code", () => {
  it("are among the first words where no route waits for the others", () => {
    const early = files
      .filter((file) => !file.includes(".test.") && !file.includes("i18n/"))
      .filter((file) => !waiting.test(file) || everywhere.test(file))
      .flatMap((file) => [...readFileSync(join(source, file), "utf8").matchAll(/\bt\(\s*"([\w.-]+)"/g)])
      .map(([, key]) => key ?? "")
      .filter((key) => !key.startsWith("error."));
    expect([...new Set(early)].filter((key) => !(key in firstKo))).toEqual([]);
  });
  it("are all in the catalog", () => {
    const used = files
      .filter((file) => !file.includes(".test.") && !file.includes("i18n/"))
      .flatMap((file) => [...readFileSync(join(source, file), "utf8").matchAll(/\bt\(\s*"([\w.-]+)"/g)])
      .map(([, key]) => key ?? "");
    expect([...new Set(used)].filter((key) => !(key in ko))).toEqual([]);
  });
});
