import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { getOperationAST, Kind, OperationTypeNode, parse, print } from "graphql";
import { MAX_TOKENS } from "../limits.ts";

/** Longer questions are rarely asked twice. */
const MAX_LENGTH = 20_000;
const MAX_ACCEPT = 200;
/** Characters of bodies whose question is known, so that nobody parses them again. */
const MOST_CHARACTERS = 4_000_000;

/** Names of objects in order: whoever writes variables in another order asks the same. */
const ordered = (_name: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

interface Sent {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
}

const isText = (value: unknown) => typeof value === "string";
const isAbsent = (value: unknown) => value === undefined || value === null;

function isSent(body: unknown): body is Sent {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return false;
  const { query, operationName, variables, ...more } = body as Record<string, unknown>;
  const isNamed = isAbsent(operationName) || isText(operationName);
  const isGiven = isAbsent(variables) || (typeof variables === "object" && !Array.isArray(variables));
  return isText(query) && isNamed && isGiven && Object.keys(more).length === 0;
}

/** A digest of the question of a body, the same for every way to write it; undefined unless it is one query of the language. */
function normalized(body: string): string | undefined {
  try {
    const sent: unknown = JSON.parse(body);
    if (!isSent(sent)) return undefined;
    const document = parse(sent.query, { maxTokens: MAX_TOKENS, noLocation: true });
    if (getOperationAST(document, sent.operationName)?.operation !== OperationTypeNode.QUERY) return undefined;
    if (
      document.definitions.some(({ kind }) => kind !== Kind.OPERATION_DEFINITION && kind !== Kind.FRAGMENT_DEFINITION)
    ) {
      return undefined;
    }
    const parts = [print(document), sent.operationName ?? "", sent.variables ?? {}];
    return createHash("sha256").update(JSON.stringify(parts, ordered)).digest("base64");
  } catch {
    // Whoever answers says what is wrong with it.
    return undefined;
  }
}

/** Reads questions of visitors out of their requests. */
export class Questions {
  readonly #known = new Map<string, string | undefined>();
  readonly #isForOrigins: boolean;
  #characters = 0;

  /** @param isForOrigins Whether pages of other origins may ask: answers then differ by origin. */
  constructor(isForOrigins: boolean) {
    this.#isForOrigins = isForOrigins;
  }

  /** What the answer to a request depends on; undefined where it may depend on who asks, or is no plain answer. */
  of({ method, headers }: IncomingMessage, body: string): string | undefined {
    if (method !== "POST" || headers.authorization !== undefined || body.length > MAX_LENGTH) return undefined;
    if (this.#isForOrigins && headers.origin !== undefined) return undefined;
    if (!/^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(headers["content-type"] ?? "")) return undefined;
    const accept = headers.accept ?? "*/*";
    if (!/json|\*\/\*/i.test(accept) || accept.length > MAX_ACCEPT || /event-stream|multipart/i.test(accept))
      return undefined;
    const question = this.#question(body);
    return question === undefined ? undefined : `${accept}\n${question}`;
  }

  #question(body: string): string | undefined {
    if (this.#known.has(body)) return this.#known.get(body);
    this.#characters += body.length;
    if (this.#characters > MOST_CHARACTERS) {
      this.#known.clear();
      this.#characters = body.length;
    }
    const question = normalized(body);
    this.#known.set(body, question);
    return question;
  }
}
