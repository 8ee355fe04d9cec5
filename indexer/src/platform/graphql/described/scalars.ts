import { GraphQLScalarType, Kind } from "graphql";
import { codedError } from "../coded-error.ts";

function whole(value: unknown): string {
  const text = typeof value === "number" || typeof value === "bigint" ? String(value) : value;
  if (typeof text === "string" && /^\d{1,78}$/.test(text)) return text;
  throw codedError("INPUT_INVALID", "an amount is a whole number of base units, as a string of digits");
}

function seconds(value: unknown): number {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number) && number >= 0) return number;
  throw codedError("INPUT_INVALID", "a time is a whole number of unix seconds");
}

/** A literal's own text, if it is a number or a string. */
const literal = (node: { kind: string; value?: unknown }) =>
  node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : undefined;

/** Scalars of the API. */
export const scalars = {
  BigInt: new GraphQLScalarType({
    name: "BigInt",
    serialize: String,
    parseValue: whole,
    parseLiteral: (node) => whole(literal(node)),
  }),
  Timestamp: new GraphQLScalarType({
    name: "Timestamp",
    serialize: Number,
    parseValue: seconds,
    parseLiteral: (node) => seconds(literal(node)),
  }),
};
