import { lettersOf } from "./similarity.ts";

/** Letters that Unicode does not take apart into a Latin letter and a mark. */
const plain: Record<string, string> = {
  ...{ ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i", ħ: "h", ŋ: "n", ə: "a" },
};

/** Names are compared within one script alone: a transliteration is a guess, and guesses of Korean names mislead. */
type Script = "latin" | "hangul" | "other";

/** A name as it is compared: its words in alphabetical order. */
export interface ComparableName {
  script: Script;
  /** Words, one space between each. */
  text: string;
  length: number;
  /** How often each letter is in it. */
  letters: Uint16Array;
}

function scriptOf(text: string): Script {
  if (/\p{Script=Hangul}/u.test(text)) return "hangul";
  return /\p{Script=Latin}/u.test(text) ? "latin" : "other";
}

/** Without accents and letters of one language: Müller is Muller. Hangul stays whole. */
const withoutMarks = (text: string) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .replace(/[ßæœøđðþłıħŋə]/g, (letter) => plain[letter] ?? letter);

/** Written forms of one name become equal: width, case, accents, punctuation, order of words. Undefined if no letter is left. */
export function comparable(name: string): ComparableName | undefined {
  const lower = withoutMarks(name.normalize("NFKC").toLowerCase());
  const words = lower.split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean);
  if (words.length === 0) return undefined;
  const script = scriptOf(lower);
  // Koreans write family and given name together or apart; nothing follows from the space.
  const text = script === "hangul" ? words.join("") : words.sort().join(" ");
  return { script, text, length: [...text].length, letters: lettersOf(text) };
}
