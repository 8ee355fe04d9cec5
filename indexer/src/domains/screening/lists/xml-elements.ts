import { SaxesParser, type SaxesTagPlain } from "saxes";
import { bounds, ListRefused } from "./entry.ts";

/** Hears elements as they come. Names are without their namespace. */
export interface Listener {
  open(name: string, attributes: Record<string, string>): void;
  /** @param text What stood directly in it, trimmed. */
  close(name: string, text: string): void;
}

const DEPTH = 40;

const local = (name: string) => name.slice(name.indexOf(":") + 1);

/**
 * Reads XML as it comes. Document types are refused, so that no entity can name a file or grow.
 * @throws {ListRefused} LIST_FORBIDDEN, LIST_BROKEN, LIST_TRUNCATED or LIST_TOO_LARGE
 */
export async function* readXml(bytes: AsyncIterable<Buffer>, listener: Listener): AsyncGenerator<void> {
  const parser = new SaxesParser();
  const texts: string[] = [];
  let heard = 0;
  const note = () => {
    heard = parser.position;
  };
  parser.on("doctype", () => {
    throw new ListRefused("LIST_FORBIDDEN", "the file declares a document type; no list of the Treasury does");
  });
  parser.on("error", (error) => {
    // Its words end with what was expected; the file itself is not quoted.
    const isCut = /unclosed|unexpected end/.test(error.message);
    throw new ListRefused(isCut ? "LIST_TRUNCATED" : "LIST_BROKEN", isCut ? "the file ends too early" : "it is no XML");
  });
  parser.on("opentag", ({ name, attributes }: SaxesTagPlain) => {
    note();
    if (texts.push("") > DEPTH) throw new ListRefused("LIST_TOO_LARGE", "elements lie deeper than in any real file");
    listener.open(local(name), attributes);
  });
  for (const kind of ["text", "cdata"] as const) {
    parser.on(kind, (text) => {
      note();
      const whole = (texts.pop() ?? "") + text;
      if (whole.length > bounds.field) throw new ListRefused("LIST_TOO_LARGE", "a text is longer than any real one");
      texts.push(whole);
    });
  }
  parser.on("closetag", ({ name }) => {
    note();
    listener.close(local(name), (texts.pop() ?? "").trim());
  });
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const chunk of bytes) {
    parser.write(decoder.decode(chunk, { stream: true }));
    // Danger: the parser keeps what it has not finished; one endless text or attribute must not fill memory.
    if (parser.position - heard > bounds.field * 20) throw new ListRefused("LIST_TOO_LARGE", "one value has no end");
    yield;
  }
  parser.close();
}
