import { type AbiParameter, getAddress, isAddress } from "viem";
import { parseAmount } from "../../../shared/format/amount.ts";

/** Why a written argument is refused; each has its words. */
export type ArgumentProblem =
  | "empty"
  | "integer"
  | "range"
  | "unsafe"
  | "address"
  | "checksum"
  | "bool"
  | "bytes"
  | "json"
  | "shape";

export type ParsedArgument = { ok: true; value: unknown } | { ok: false; problem: ArgumentProblem; at: string };

const fine = (value: unknown): ParsedArgument => ({ ok: true, value });
const refuse = (problem: ArgumentProblem, at = ""): ParsedArgument => ({ ok: false, problem, at });

const componentsOf = (param: AbiParameter): readonly AbiParameter[] =>
  "components" in param ? (param.components ?? []) : [];

/** Structs and lists are written as JSON. */
export const isComposite = ({ type }: AbiParameter) => type.endsWith("]") || type === "tuple";

/** What a struct looks like before anything is filled in. */
export function templateOf(param: AbiParameter): string {
  if (param.type.endsWith("]")) return "[]";
  if (param.type !== "tuple") return "";
  return JSON.stringify(Object.fromEntries(componentsOf(param).map(({ name }) => [name, ""])), null, 2);
}

/** How a type is told to the reader, the parts of a struct included. */
export const typeOf = (param: AbiParameter): string => {
  const parts = componentsOf(param).map((part) => `${typeOf(part)} ${part.name}`);
  return parts.length === 0 ? param.type : `${param.type.replace("tuple", "struct")} { ${parts.join("; ")} }`;
};

function integer(type: string, text: string, at: string): ParsedArgument {
  const tokens = /^(.+?)\s*TBURN$/i.exec(text)?.[1];
  const amount = tokens === undefined ? undefined : parseAmount(tokens);
  const digits = text.replaceAll(/(?<=\d)[,_](?=\d)/g, "");
  if (amount ? !amount.ok : !/^-?(?:\d+|0x[0-9a-f]+)$/i.test(digits) || /^-0x/i.test(digits))
    return refuse("integer", at);
  const value = amount?.ok ? amount.value : BigInt(digits);
  const bits = BigInt(/\d+$/.exec(type)?.[0] ?? "256");
  const [least, most] = type.startsWith("u") ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
  if (value < least || value > most) return refuse("range", at);
  // Small integers are plain numbers to the encoder.
  return fine(bits <= 48n ? Number(value) : value);
}

function bytes(type: string, text: string, at: string): ParsedArgument {
  const length = /\d+$/.exec(type)?.[0];
  const isHex = /^0x(?:[0-9a-f]{2})*$/i.test(text);
  return isHex && (length === undefined || text.length === 2 + 2 * Number(length)) ? fine(text) : refuse("bytes", at);
}

function simple({ type }: AbiParameter, text: string, at: string): ParsedArgument {
  if (type === "string") return fine(text);
  if (text === "") return refuse("empty", at);
  if (/^u?int/.test(type)) return integer(type, text, at);
  if (type === "bool") return text === "true" || text === "false" ? fine(text === "true") : refuse("bool", at);
  if (type.startsWith("bytes")) return bytes(type, text, at);
  if (type !== "address") return refuse("shape", at);
  if (!isAddress(text, { strict: false })) return refuse("address", at);
  return isAddress(text) ? fine(getAddress(text)) : refuse("checksum", at);
}

/** Collects the parts of a struct or list, or the first refusal among them. */
function each(parts: ParsedArgument[], put: (values: unknown[]) => unknown): ParsedArgument {
  const refused = parts.find((part) => !part.ok);
  return refused ?? fine(put(parts.map((part) => (part.ok ? part.value : undefined))));
}

function coerce(param: AbiParameter, value: unknown, at: string): ParsedArgument {
  const list = /^(.*)\[(\d*)\]$/.exec(param.type);
  if (list) {
    if (!Array.isArray(value) || (list[2] !== "" && value.length !== Number(list[2]))) return refuse("shape", at);
    const item = { ...param, type: list[1] ?? "" };
    return each(
      value.map((one, index) => coerce(item, one, `${at}[${index}]`)),
      (values) => values,
    );
  }
  if (param.type === "tuple") {
    const parts = componentsOf(param);
    const names = parts.map(({ name }) => name ?? "");
    if (typeof value !== "object" || value === null || Array.isArray(value)) return refuse("shape", at);
    const given = value as Record<string, unknown>;
    if (Object.keys(given).some((name) => !names.includes(name))) return refuse("shape", at);
    return each(
      parts.map((part) => coerce(part, given[part.name ?? ""], `${at}.${part.name}`)),
      (values) => Object.fromEntries(names.map((name, index) => [name, values[index]])),
    );
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) return refuse("unsafe", at);
  if (typeof value === "object" || value === undefined) return refuse(value === undefined ? "empty" : "shape", at);
  return simple(param, String(value).trim(), at);
}

/** Reads what was written for one argument as the value that is encoded. */
export function parseArgument(param: AbiParameter, written: string): ParsedArgument {
  const at = param.name ?? "";
  if (!isComposite(param)) return simple(param, param.type === "string" ? written : written.trim(), at);
  try {
    return coerce(param, JSON.parse(written), at);
  } catch {
    return refuse(written.trim() === "" ? "empty" : "json", at);
  }
}
