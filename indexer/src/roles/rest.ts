import type { FastifyInstance } from "fastify";
import { addRoutes, operations } from "../app.ts";
import type { Env } from "../env.ts";
import { noteWrite } from "../platform/db/reads/written.ts";
import type { RouteKit } from "../platform/domain.ts";
import { peopleOf } from "../platform/graphql/people.ts";
import type { graphqlServer } from "../platform/graphql/server.ts";
import type { Answerer } from "../platform/graphql/twin.ts";
import { openapi } from "../platform/http/openapi/document.ts";
import { createRest } from "../platform/http/rest.ts";
import type { TestClock } from "../platform/time/clock.ts";
import { controlRoutes } from "./testing/control.ts";

type Graphql = Pick<ReturnType<typeof graphqlServer>, "answer" | "answers" | "schema" | "visitors">;

/** REST for members, and whoever looks after them. */
export async function startRest(env: Env, kit: RouteKit, graphql: Graphql, clock: TestClock): Promise<FastifyInstance> {
  const wrote = (memberId: string) => noteWrite(kit.pool, memberId);
  const rest = await createRest({ log: kit.log, proxyHops: env.proxyHops, wrote });
  const answer: Answerer = (document, variables, { actor, requestId }, witness) =>
    graphql.answer(document, variables, peopleOf(kit, actor, requestId), witness);
  addRoutes(rest, kit, { answer, answers: graphql.answers, visitors: graphql.visitors });
  const document = JSON.stringify(openapi(operations(graphql.schema)));
  rest.get("/api/v1/openapi.json", async (_request, reply) => reply.type("application/json").send(document));
  if (env.test) controlRoutes(rest, kit, clock, env.test.token);
  await rest.ready();
  return rest;
}
