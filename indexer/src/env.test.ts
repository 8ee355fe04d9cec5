import { expect, it } from "vitest";
import { readEnv } from "./env.ts";

const least = { DATABASE_URL: "postgresql://a@b/c", RPC_URL: "http://x:1, https://y", CHAIN_ID: "31337" };

it("fills in what may be left out; an empty setting is none", () => {
  expect(readEnv({ ...least, PORT: "" })).toMatchObject({
    databaseDirectUrl: "postgresql://a@b/c",
    rpcUrls: ["http://x:1", "https://y"],
    rpcWsUrl: undefined,
    finalityDepth: 64,
    port: 4000,
    roles: ["sync", "api", "worker"],
    verifyLogs: "receipts",
  });
});

it.each([
  ["DATABASE_URL", "mysql://x"],
  ["RPC_URL", "not an address"],
  ["RPC_WS_URL", "http://x"],
  ["CHAIN_ID", "one"],
  ["FINALITY_DEPTH", "0"],
  ["VERIFY_LOGS", "maybe"],
  ["PORT", "70000"],
  ["ROLES", "cook"],
  ["WEB_CONFIG", "[1]"],
  ["LOG_LEVEL", "loud"],
])("names %s when it is %s", (name, value) => {
  expect(() => readEnv({ ...least, [name]: value })).toThrow(new RegExp(`\\n {2}${name} `));
});

it("names all problems at once", () => {
  expect(() => readEnv({ PORT: "x" })).toThrow(/DATABASE_URL[\s\S]*RPC_URL[\s\S]*CHAIN_ID[\s\S]*PORT/);
});
