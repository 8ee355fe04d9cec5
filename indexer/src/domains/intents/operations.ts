import { z } from "zod";
import type { Operation, Operations } from "../../platform/http/operation.ts";
import { type Act, acts } from "./acts.ts";
import { told } from "./routes.ts";
import { commands } from "./service/commands.ts";

const step = z.strictObject({ name: z.enum(["approve", "act"]), to: z.string(), data: z.string(), value: z.string() });
const intent = z.strictObject({
  id: z.uuid(),
  kind: z.string(),
  state: z.enum(["PENDING", "SUBMITTED", "CONFIRMED", "EXPIRED"]),
  chainId: z.int(),
  account: z.string().nullable(),
  to: z.string(),
  data: z.string(),
  value: z.string(),
  steps: z.array(step),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  transactionHash: z.string().nullable(),
  block: z.strictObject({ number: z.int(), hash: z.string(), isFinal: z.boolean() }).nullable(),
  notices: z.array(z.strictObject({ code: z.string(), message: z.string() })),
});
const statement = z.strictObject({ hash: z.string(), document: z.string() });

/** What is in the path is not in the body. */
function without(schema: z.ZodType, name: string | undefined): z.ZodType {
  if (name === undefined || name === "self") return schema;
  if (schema instanceof z.ZodUnion) return z.union(schema.options.map((one) => without(one as z.ZodType, name)));
  if (!(schema instanceof z.ZodObject)) return schema;
  const { [name]: _, ...rest } = schema.shape as Record<string, z.ZodType>;
  return z.strictObject(rest);
}

/** What comes of the acts that prepare something else than a transaction alone. */
const others: Partial<Record<Act["command"], Operation["answers"]>> = {
  suspendMember: { 202: z.strictObject({ approvalId: z.uuid() }) },
  appealSuspension: { 202: intent.extend({ statement }) },
};

const described = ({ command, id, summary, who }: Act): Operation => ({
  ...{ summary, who },
  headers: { "idempotency-key": "8 to 128 letters, digits, _ or -; the same when a request is repeated" },
  body: without(commands[command].schema, id),
  answers: others[command] ?? { 201: intent },
});

export const operations: Operations = {
  ...Object.fromEntries(acts.map((act) => [`${act.method} ${act.path}`, described(act)])),
  "GET /api/v1/tx-intents": {
    summary: "Transactions that were prepared for the caller, the newest first, at most a hundred",
    who: "members",
    answers: { 200: z.strictObject({ intents: z.array(intent) }) },
  },
  "GET /api/v1/tx-intents/:id": {
    summary: "A prepared transaction, and what the chain made of it",
    who: "the member for whom it was prepared",
    answers: { 200: intent },
  },
  "POST /api/v1/tx-intents/:id/submitted": {
    summary: "Tells which transaction carries an intent out",
    who: "the member for whom it was prepared",
    body: told,
    answers: { 200: intent },
  },
  "GET /api/v1/suspensions/:id/appeal": {
    summary: "The words of an appeal; each reading is written down",
    who: "the suspended member, and compliance",
    answers: { 200: statement },
  },
};
