/** Values as PostgreSQL reads them, for what is written in bulk: lines of `copy` and literals of arrays. */

type Values = Record<string, unknown>;

/** A value as text; null and undefined are none, objects are JSON, whole numbers keep all digits. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const SPECIAL_IN_LINES = /[\\\n\r\t]/;
const escapes: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A column of a line of `copy … from stdin`. */
function field(value: unknown): string {
  const text = textOf(value);
  if (text === null) return "\\N";
  return SPECIAL_IN_LINES.test(text) ? text.replace(/[\\\n\r\t]/g, (sign) => escapes[sign] ?? sign) : text;
}

/** Rows as one chunk of `copy … from stdin`, their columns in this order. */
export function lines(rows: Values[], columns: string[]): Buffer {
  let text = "";
  for (const row of rows) {
    let separator = "";
    for (const column of columns) {
      text += separator + field(row[column]);
      separator = "\t";
    }
    text += "\n";
  }
  return Buffer.from(text);
}

/** What stands in an array without quotes: a number, hex digits, a name; not the word that means none. */
const PLAIN = /^(?!null$)[\w.+-]+$/i;

/** One column of rows as the literal of an array; PostgreSQL reads its elements as the array's type wants them. */
export function arrayOf(rows: Values[], column: string): string {
  let [text, separator] = ["{", ""];
  for (const row of rows) {
    const value = textOf(row[column]);
    if (value === null) text += `${separator}NULL`;
    else if (PLAIN.test(value)) text += separator + value;
    else text += `${separator}"${value.replace(/["\\]/g, "\\$&")}"`;
    separator = ",";
  }
  return `${text}}`;
}
