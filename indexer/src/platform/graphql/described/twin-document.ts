import { type GraphQLSchema, parse } from "graphql";
import type { Described } from "../../http/openapi/document.ts";
import type { Twin } from "../twin.ts";
import { answerSchema } from "./answer-schema.ts";

/** Method and path, as operations are named. */
export const keyOf = ({ method, path }: Twin) => `${method} ${path}`;

/** What a twin takes and gives, by its query. */
export function describeTwin(api: GraphQLSchema, twin: Twin): Described {
  const input = "id" in twin.input.shape ? twin.input.omit({ id: true } as never) : twin.input;
  const sent = twin.method === "GET" ? { query: input } : { body: input };
  const who = "anybody, as far as the table of docs/access.md lets them see";
  const answers = { 200: answerSchema(api, parse(twin.document), twin) };
  return { summary: twin.summary, who, ...(!twin.personal && { token: "optional" }), ...sent, answers };
}
