import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Language, languages, type Purpose, purposeNames, purposes } from "./rules.ts";

interface Text {
  text: string;
  /** SHA-256 over its UTF-8, hex: what a member proves to have been shown. */
  hash: string;
}

const folder = join(import.meta.dirname, "texts");

function read(purpose: Purpose, language: Language): Text {
  const text = readFileSync(join(folder, `${purpose}-${purposes[purpose].version}.${language}.txt`), "utf8").trim();
  return { text, hash: createHash("sha256").update(text, "utf8").digest("hex") };
}

/** The words in force, read once: a missing file is found at the start and not by a member. */
export const texts = Object.fromEntries(
  purposeNames.map((purpose) => [
    purpose,
    Object.fromEntries(languages.map((language) => [language, read(purpose, language)])),
  ]),
) as Record<Purpose, Record<Language, Text>>;

/** In which language a hash's words are in force; undefined for any other hash. */
export const languageOf = (purpose: Purpose, hash: string): Language | undefined =>
  languages.find((language) => texts[purpose][language].hash === hash);
