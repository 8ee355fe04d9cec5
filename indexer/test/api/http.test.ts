import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { writeReport } from "../../src/platform/db/mirror/state.ts";
import { startTestApi } from "../harness/api.ts";
import { type Served, startServed } from "../harness/served.ts";

let served: Served;

beforeAll(async () => {
  served = await startServed(inject("postgres"), 44);
});

afterAll(() => served?.stop());

it("serves health, metrics, record, configuration, and is not ready when the follower has a problem", async () => {
  const status = async (path: string) => (await fetch(`${served.api.url}${path}`)).status;
  const health = { head: await served.chain.height(), endpoints: [] };
  await writeReport(served.database.pool, { ...health, problem: null });
  expect([await status("/healthz"), await status("/readyz"), await status("/livez")]).toEqual([200, 200, 200]);
  await writeReport(served.database.pool, { ...health, problem: "REORG_BEYOND_FINALITY: x" });
  expect(await status("/readyz")).toBe(503);
  await writeReport(served.database.pool, { ...health, head: health.head + 500, problem: null });
  expect(await (await fetch(`${served.api.url}/readyz`)).json()).toMatchObject({ ok: false, lag: 500 });
  await writeReport(served.database.pool, { ...health, problem: null });
  expect(await (await fetch(`${served.api.url}/metrics`)).text()).toContain("tburn_rpc_calls_total");
  expect(await (await fetch(`${served.api.url}/deployment.json`)).json()).toEqual(served.chain.record);
  expect(await (await fetch(`${served.api.url}/config.json`)).json()).toMatchObject({
    rpcUrls: ["http://127.0.0.1:8545"],
  });
});

it("serves the dApp, its own addresses and nothing beside it", async () => {
  const page = await fetch(`${served.api.url}/validators/3`);
  expect(await page.text()).toContain("dApp");
  const policy = page.headers.get("content-security-policy");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("connect-src 'self' http://127.0.0.1:8545 http://127.0.0.1:9000 ws://127.0.0.1:8545");
  const asset = await fetch(`${served.api.url}/assets/app-0123abcd.js`);
  expect(asset.headers.get("cache-control")).toContain("immutable");
  for (const path of [
    "/.secret",
    "/assets/missing.js",
    "/..%2ftburn-outside.txt",
    "/%2e%2e/tburn-outside.txt",
    "/%00",
  ]) {
    const response = await fetch(`${served.api.url}${path}`);
    expect([path, response.status === 404 || (await response.text()).includes("dApp")]).toEqual([path, true]);
  }
});

it("serves a playground that needs nothing from elsewhere", async () => {
  const page = await fetch(`${served.api.url}/playground`);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  const text = await page.text();
  expect(text).not.toMatch(/https?:\/\//);
  for (const [, path] of text.matchAll(/(?:src|href)="([^"]+)"/g)) {
    expect([path, (await fetch(`${served.api.url}${path}`)).status]).toEqual([path, 200]);
  }
});

it("answers other origins only where it is told to", async () => {
  const open = await startTestApi(served.chain, served.database.url, { CORS_ORIGIN: "https://analyst.example" });
  const headers = { origin: "https://analyst.example" };
  const body = JSON.stringify({ query: "{ __typename }" });
  expect((await open.post(body, headers)).headers.get("access-control-allow-origin")).toBe("https://analyst.example");
  expect((await served.api.post(body, headers)).headers.get("access-control-allow-origin")).toBeNull();
  await open.stop();
});
