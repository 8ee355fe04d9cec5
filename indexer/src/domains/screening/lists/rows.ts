import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { bounds, ListRefused } from "./entry.ts";

/** Rows of a CSV file, each with as many values as its first one. @throws {ListRefused} LIST_BROKEN, LIST_TOO_LARGE */
export async function* rowsOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  const parser = parse({ bom: true, max_record_size: bounds.field * 10, skip_empty_lines: true, relax_quotes: false });
  const source = Readable.from(bytes);
  // What breaks in the source breaks the rows, and reaches whoever reads them.
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const row of parser as AsyncIterable<string[]>) yield row;
  } catch (error) {
    if (error instanceof ListRefused) throw error;
    const { code = "" } = error as { code?: string };
    const isLarge = code === "CSV_MAX_RECORD_SIZE";
    throw new ListRefused(isLarge ? "LIST_TOO_LARGE" : "LIST_BROKEN", `the file is no CSV of one shape: ${code}`);
  } finally {
    source.destroy();
  }
}
