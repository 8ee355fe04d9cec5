import { randomUUID } from "node:crypto";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TestBrowser } from "./browser.ts";
import { type People, startPeople } from "./people.ts";

let people: People;
let page: TestBrowser;
let token: string;
let memberId: string;
let operations: Operation[];

interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  minimum?: number;
}
interface Operation {
  method: string;
  path: string;
  query: string[];
  body: Schema | undefined;
  /** Whether a token is asked for, as the document says. */
  token: "asked" | "optional" | "none";
}
interface Document {
  paths: Record<
    string,
    Record<
      string,
      {
        parameters: { name: string; in: string }[];
        requestBody?: { content: Record<string, { schema?: Schema }> };
        security?: object[];
      }
    >
  >;
}

/** What has broken other services, one of each kind. */
const corpus: [kind: string, text: string][] = [
  ["SQL", "' or '1'='1'; drop table app.members; --"],
  ["SQL, stacked", "1); select pg_sleep(10); --"],
  ["SQL, a pattern", "%_%"],
  ["a NUL", "a\u0000b"],
  ["half a character", "\ud800"],
  ["template", "{{7*7}}<%= 7*7 %>#{7*7}"],
  ["script", "<script>alert(1)</script><img src=x onerror=alert(1)>"],
  ["path", "../../../../etc/passwd"],
  ["header", "a\r\nset-cookie: admin=1"],
  ["prototype", "__proto__"],
  ["number", "1e309"],
  ["length", "x".repeat(5_000)],
];

const formats: Record<string, string> = {
  uuid: "00000000-0000-4000-8000-000000000001",
  email: "a@example.com",
  date: "1990-01-01",
  "date-time": "2026-01-01T00:00:00.000Z",
  uri: "https://a.example",
};

/** A body as `schema` wants it, as far as a schema tells. */
function sample(schema: Schema): unknown {
  const one = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (one) return sample(one);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const type = [schema.type].flat()[0];
  if (type === "object") {
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, sample(inner)]));
  }
  if (type === "array") return schema.items ? [sample(schema.items)] : [];
  if (type === "integer" || type === "number") return schema.minimum ?? 1;
  if (type === "boolean") return true;
  return formats[schema.format ?? ""] ?? "text";
}

/** The same body with `text` in the place of each of its strings, one at a time. */
function poisoned(body: unknown, text: string): unknown[] {
  if (typeof body === "string") return [text];
  if (Array.isArray(body)) return body.flatMap((one) => poisoned(one, text).map((bad) => [bad]));
  if (typeof body !== "object" || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) =>
    poisoned(value, text).map((bad) => ({ ...body, [name]: bad })),
  );
}

beforeAll(async () => {
  people = await startPeople({ worker: false });
  page = people.browser();
  ({ accessToken: token, memberId } = await page.signIn(privateKeyToAccount(generatePrivateKey())));
  for (const role of ["administrator", "compliance", "auditor"] as const) await people.appoint(memberId, role);
  await people.database.pool.query("update app.sessions set stepped_up_at = now()");
  const document = (await (await page.send("GET", "/api/v1/openapi.json")).json()) as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters, requestBody, security }]) => ({
      token: security === undefined ? "asked" : security.length === 0 ? "none" : "optional",
      method: method.toUpperCase(),
      path,
      query: parameters.filter((one) => one.in === "query").map(({ name }) => name),
      body: requestBody?.content["application/json"]?.schema,
    })),
  );
});
afterAll(() => people?.stop());
beforeEach(() => people.forgetVisits());

/** Asks as somebody of every office, so that nothing is refused before it is read. */
async function send(method: string, path: string, body?: unknown): Promise<[number, string]> {
  const headers = { authorization: `Bearer ${token}`, "idempotency-key": randomUUID(), "if-match": '"0"' };
  const response = await page.send(method, path, body, headers);
  return [response.status, await response.text()];
}

/** Ends of its own session are not what is tried here. */
const isTried = ({ path }: Operation) => !/logout|\/sessions|token\/refresh|\/test\//.test(path);

/** A path of the member's own; validators and suspensions have numbers. */
const ownPath = (path: string) =>
  path.replace(/(validators|suspensions)\/\{\w+\}/, "$1/1").replaceAll(/\{\w+\}/g, memberId);

/** All ways to put `text` into an operation. */
function attempts({ method, path, query, body }: Operation, text: string): [string, string, unknown?][] {
  const own = ownPath(path);
  const coded = encodeURIComponent(text.toWellFormed());
  const inPath = path.includes("{")
    ? [[method, path.replaceAll(/\{\w+\}/g, coded.slice(0, 90))] as [string, string]]
    : [];
  const inQuery = query.map((name): [string, string] => [method, `${own}?${name}=${coded}`]);
  const inBody = body ? poisoned(sample(body), text).map((bad): [string, string, unknown] => [method, own, bad]) : [];
  return [...inPath, ...inQuery, ...inBody];
}

describe("no route of the document", () => {
  it.each(corpus)("breaks, or answers more than it should, by %s", async (_kind, text) => {
    const broken: string[] = [];
    for (const operation of operations.filter(isTried)) {
      await people.forgetVisits();
      for (const [method, path, body] of attempts(operation, text)) {
        const [status, answer] = await send(method, path, body);
        const tells = /syntax error|pg_|relation "|at .*\.ts:\d|root:x:/.test(answer);
        if (status >= 500 && status !== 503)
          broken.push(`${method} ${path.slice(0, 120)}: ${status} ${answer.slice(0, 160)}`);
        if (tells) broken.push(`${method} ${path.slice(0, 120)} tells: ${answer.slice(0, 200)}`);
      }
    }
    expect(broken).toEqual([]);
    const { rows } = await people.database.pool.query("select count(*)::int as count from app.members");
    expect(rows[0].count).toBeGreaterThan(0);
  });

  it("takes a key that it does not know: each that reads its body names it", async () => {
    const [taken, silent, named]: string[][] = [[], [], []];
    for (const { method, path, body } of operations.filter(isTried)) {
      if (!body) continue;
      await people.forgetVisits();
      const [status, answer] = await send(method, ownPath(path), { ...(sample(body) as object), isAdmin: true });
      if (status < 300) taken?.push(`${method} ${path}: ${status}`);
      // Others refuse before: what they are about is not there.
      else if (status === 422) (answer.includes("isAdmin") ? named : silent)?.push(`${method} ${path}: ${answer}`);
    }
    expect({ taken, silent }).toEqual({ taken: [], silent: [] });
    expect(named?.length).toBeGreaterThan(30);
  });

  it("lets anybody in without a token, unless its document says so", async () => {
    const open: string[] = [];
    for (const { method, path, body, token } of operations) {
      await people.forgetVisits();
      const headers = { "idempotency-key": randomUUID(), "if-match": '"0"' };
      const { status } = await page.send(method, ownPath(path), body && sample(body), headers);
      if ((status === 401) !== (token === "asked") && token !== "none")
        open.push(`${method} ${path}: ${status}, ${token}`);
    }
    expect(open).toEqual([]);
  });
});
