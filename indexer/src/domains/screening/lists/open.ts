import { createHash } from "node:crypto";
import { bytesOf, wholeText } from "./bytes.ts";
import { bounds, type ListEntry, ListRefused } from "./entry.ts";
import { ofacCsv } from "./ofac-csv.ts";
import { ofacXml } from "./ofac-xml.ts";
import { ftmLines, simpleCsv } from "./opensanctions.ts";

export const formats = ["sdn-csv", "sdn-advanced-xml", "opensanctions-csv", "ftm-json"] as const;
export type Format = (typeof formats)[number];

export interface ListFiles {
  format: Format;
  file: string;
  /** Aliases and addresses; `sdn-csv` alone, which needs both. */
  alt?: string | undefined;
  add?: string | undefined;
}

interface Source {
  entries(): AsyncGenerator<ListEntry>;
  /** SHA-256 of the file, once `entries` has ended; of all three, one after the other, for `sdn-csv`. */
  sha256(): Buffer;
}

function read({ format, file, alt, add }: ListFiles): { entries: AsyncGenerator<ListEntry>; sha256(): Buffer } {
  const hash = createHash("sha256");
  if (format === "sdn-advanced-xml") return { entries: ofacXml(bytesOf(file, hash)), sha256: () => hash.digest() };
  if (format === "opensanctions-csv") {
    return { entries: simpleCsv(wholeText(bytesOf(file, hash))), sha256: () => hash.digest() };
  }
  if (format === "ftm-json") {
    const passes: ReturnType<typeof createHash>[] = [];
    const open = () => {
      const pass = createHash("sha256");
      passes.push(pass);
      return wholeText(bytesOf(file, pass));
    };
    const sha256 = () => {
      const [first = Buffer.alloc(0), second] = passes.map((pass) => pass.digest());
      if (!second?.equals(first)) throw new ListRefused("LIST_BROKEN", "the file changed while it was read");
      return first;
    };
    return { entries: ftmLines(open), sha256 };
  }
  if (!alt || !add) throw new ListRefused("LIST_INCOMPLETE", "SDN.CSV needs ALT.CSV and ADD.CSV of the same day");
  const parts = [file, alt, add].map((path) => ({ path, hash: createHash("sha256") }));
  const [sdn, alts, adds] = parts.map((part) => wholeText(bytesOf(part.path, part.hash)));
  const none = async function* () {};
  const entries = ofacCsv({ sdn: sdn ?? none(), alt: alts ?? none(), add: adds ?? none() });
  const sha256 = () =>
    createHash("sha256")
      .update(Buffer.concat(parts.map((part) => part.hash.digest())))
      .digest();
  return { entries, sha256 };
}

/** Reads a list. Every format gives the same entries of the same people. @throws {ListRefused} what is wrong with it */
export function sourceOf(files: ListFiles): Source {
  const { entries, sha256 } = read(files);
  return {
    sha256,
    entries: async function* () {
      const ids = new Set<string>();
      for await (const entry of entries) {
        if (ids.size >= bounds.entries) throw new ListRefused("LIST_TOO_LARGE", `more than ${bounds.entries} entries`);
        if (ids.has(entry.id))
          throw new ListRefused("LIST_BROKEN", `two entries have the id ${entry.id.slice(0, 100)}`);
        ids.add(entry.id);
        yield entry;
      }
    },
  };
}
