import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { createSchema } from "graphql-yoga";
import { describe, expect, it } from "vitest";
import { addRoutes, operations, typeDefs } from "../../src/app.ts";
import type { RouteKit } from "../../src/platform/domain.ts";
import { openapi } from "../../src/platform/http/openapi/document.ts";
import { createRest } from "../../src/platform/http/rest.ts";
import { Visitors } from "../../src/platform/http/visitors.ts";
import { openLog } from "../../src/platform/telemetry/log.ts";

interface Content {
  schema: object;
  example?: unknown;
}
interface OperationObject {
  summary?: string;
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, { content?: Record<string, Content> }>;
}
interface Document {
  paths: Record<string, Record<string, OperationObject>>;
}

/** Routes as they are registered; none is asked, so that nothing stands behind them. */
async function routes(): Promise<string[]> {
  const rest = await createRest({ log: openLog("silent"), proxyHops: 0 });
  const found: string[] = [];
  rest.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) if (one !== "HEAD" && one !== "OPTIONS") found.push(`${one} ${url}`);
  });
  const kit = { tokenSeed: Buffer.alloc(32), origins: ["http://a.test"], verification: {}, approvalKinds: {} };
  addRoutes(rest, kit as unknown as RouteKit, { answer: async () => ({}), visitors: new Visitors(0, 0) });
  await rest.close();
  return found.sort();
}

it("describes every route of the API, and none that is not there", async () => {
  expect(Object.keys(operations(createSchema({ typeDefs }))).sort()).toEqual(await routes());
});

const described = operations(createSchema({ typeDefs }));
const document = openapi(described) as unknown as Document;

it("is a document that the official schema of OpenAPI 3.1 accepts", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate({ ...structuredClone(document) });
  expect([errors, valid, validator.version]).toEqual([undefined, true, "3.1"]);
});

it("is written down as it is served", () => {
  const written = readFileSync(join(import.meta.dirname, "../../openapi.json"), "utf8");
  expect(`${JSON.stringify(document, null, 2)}\n`).toBe(written);
});

describe("each operation", () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  const problemOf = ({ schema, example }: Content) =>
    example === undefined ? "has no example" : ajv.validate(schema, example) ? undefined : ajv.errorsText();
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  );
  /** What is wrong with each of the contents that are JSON. */
  const wrong = (contentsOf: (operation: OperationObject) => [string, Record<string, Content> | undefined][]) =>
    all.flatMap(({ name, operation }) =>
      contentsOf(operation).flatMap(([what, contents]) => {
        const content = contents?.["application/json"];
        const problem = content && problemOf(content);
        return problem ? [`${name} ${what}: ${problem}`] : [];
      }),
    );

  it("has a summary of its own", () => {
    const summaries = all.map(({ operation }) => operation.summary);
    expect(summaries.filter((summary, i) => !summary || summaries.indexOf(summary) !== i)).toEqual([]);
  });

  it("shows a body that its schema takes", () => {
    expect(wrong(({ requestBody }) => [["body", requestBody?.content]])).toEqual([]);
  });

  it("shows a body that the route itself takes", () => {
    const refused = Object.entries(described).flatMap(([name, { body }]) => {
      const [method = "", route = ""] = name.split(" ");
      const path = route.replace(/:(\w+)/g, "{$1}");
      const { example } = document.paths[path]?.[method.toLowerCase()]?.requestBody?.content["application/json"] ?? {};
      const { error } = body ? body.safeParse(example) : {};
      return error ? [`${name}: ${error.message}`] : [];
    });
    expect(refused).toEqual([]);
  });

  it("shows what it answers, as its schema says", () => {
    const answers = ({ responses }: OperationObject) =>
      Object.entries(responses).map(([status, { content }]) => [status, content] as [string, typeof content]);
    expect(wrong(answers)).toEqual([]);
  });
});
