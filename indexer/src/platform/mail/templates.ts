import { Liquid, type Template } from "liquidjs";
import type { Language, Mail } from "./mailer.ts";

/** Words of a mail: each line of the body is a paragraph. `{{ name }}` stands for a value. */
export interface MailWords {
  subject: string;
  body: readonly string[];
}

/** Strict: a variable nobody gives is an error; and no template reads a file, another template's name finds nothing. */
const engine = (options: object) =>
  new Liquid({ strictVariables: true, strictFilters: true, templates: {}, ...options });
const plain = engine({});
const html = engine({ outputEscape: "escape" });

interface Compiled {
  subject: Template[];
  lines: { text: Template[]; html: Template[] }[];
}

const compiled = ({ subject, body }: MailWords): Compiled => ({
  subject: plain.parse(subject),
  lines: body.map((line) => ({ text: plain.parse(line), html: html.parse(line) })),
});

function rendered({ subject, lines }: Compiled, language: Language, values: Record<string, string>): Omit<Mail, "to"> {
  const paragraphs = lines.map((line) => `<p>${html.renderSync(line.html, values)}</p>`);
  return {
    subject: plain.renderSync(subject, values),
    text: lines.map((line) => plain.renderSync(line.text, values)).join("\n\n"),
    html: `<!doctype html><html lang="${language}"><meta charset="utf-8"><body>${paragraphs.join("")}</body></html>`,
  };
}

/**
 * Makes a mail of which both languages name only `variables`.
 * @throws at once, not when it is first sent, if a text cannot be parsed or names another variable.
 */
export function mailTemplate<V extends string>(variables: readonly V[], words: Record<Language, MailWords>) {
  const languages = { ko: compiled(words.ko), en: compiled(words.en) };
  const sample = Object.fromEntries(variables.map((name) => [name, name]));
  for (const language of ["ko", "en"] as const) rendered(languages[language], language, sample);
  return (language: Language, values: Record<V, string>): Omit<Mail, "to"> =>
    rendered(languages[language], language, values);
}
