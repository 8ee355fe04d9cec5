import { createSchema } from "graphql-yoga";
import { expect, it } from "vitest";
import { addRoutes, operations, typeDefs } from "../../src/app.ts";
import type { RouteKit } from "../../src/platform/domain.ts";
import { createRest } from "../../src/platform/http/rest.ts";
import { openLog } from "../../src/platform/telemetry/log.ts";

/** Routes as they are registered; none is asked, so that nothing stands behind them. */
async function routes(): Promise<string[]> {
  const rest = await createRest({ log: openLog("silent"), proxyHops: 0 });
  const found: string[] = [];
  rest.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) if (one !== "HEAD" && one !== "OPTIONS") found.push(`${one} ${url}`);
  });
  const kit = { tokenSeed: Buffer.alloc(32), origins: ["http://a.test"], verification: {}, approvalKinds: {} };
  addRoutes(rest, kit as unknown as RouteKit, async () => ({}));
  await rest.close();
  return found.sort();
}

it("describes every route of the API, and none that is not there", async () => {
  expect(Object.keys(operations(createSchema({ typeDefs }))).sort()).toEqual(await routes());
});
