import { parseArgs } from "node:util";
import { FatalError } from "../../platform/errors.ts";
import { type Format, formats } from "./lists/open.ts";
import type { Loading } from "./service/loading.ts";

function formatOf(file: string): Format {
  if (/\.xml$/i.test(file)) return "sdn-advanced-xml";
  if (/\.jsonl?$/i.test(file)) return "ftm-json";
  return /targets/i.test(file) ? "opensanctions-csv" : "sdn-csv";
}

const wrong = (message: string) => new FatalError("COMMAND_INVALID", `${message}; \`--help\` says how`);

const text = { type: "string" } as const;
const options = { list: text, file: text, format: text, sha256: text, alt: text, add: text };

function valuesOf(args: string[]) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw wrong((error as Error).message);
  }
}

/** What `screening load` was asked for. @throws {FatalError} COMMAND_INVALID */
export function loadingOf(args: string[]): Loading {
  const { list, file, format, alt, add, sha256 } = valuesOf(args);
  if (!list || !/^[a-z][a-z0-9-]{1,40}$/.test(list)) throw wrong("--list is a short name such as ofac-sdn");
  if (!file) throw wrong("--file is missing");
  const named = format ?? formatOf(file);
  const known = formats.find((one) => one === named);
  if (!known) throw wrong(`--format is one of ${formats.join(", ")}`);
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/i.test(sha256)) throw wrong("--sha256 is 64 hex digits");
  return { list, file, format: known, alt, add, sha256 };
}
