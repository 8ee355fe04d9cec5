import type { Messages } from "@lingui/core";

/** A text with `{name}` places; one that counts has a singular for `n`. */
export type Text = string | { one: string; other: string };

type Compiled = Messages[string];

/** Turns `Hello {name}` into what the i18n runtime reads, so that no compiler has to be shipped. */
function compileLine(line: string): Exclude<Compiled, string> {
  return line
    .split(/(\{\w+\})/)
    .filter((part) => part !== "")
    .map((part) => (/^\{\w+\}$/.test(part) ? [part.slice(1, -1)] : part)) as Exclude<Compiled, string>;
}

function compileText(text: Text): Compiled {
  if (typeof text === "string") return compileLine(text);
  const forms = { one: compileLine(text.one), other: compileLine(text.other) };
  return [["n", "plural", forms]] as unknown as Compiled;
}

/** Prepares a catalog for the i18n runtime. */
export function compile(words: Record<string, Text>): Messages {
  return Object.fromEntries(Object.entries(words).map(([key, text]) => [key, compileText(text)]));
}
