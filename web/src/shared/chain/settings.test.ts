import { describe, expect, it } from "vitest";
import { loadSettings } from "./settings.ts";

const address = `0x${"1".repeat(40)}`;
const config = {
  chainId: 31337,
  chainName: "x",
  rpcUrls: ["http://127.0.0.1:1"],
  wsUrls: [],
  currency: { name: "Ether", symbol: "ETH", decimals: 18 },
  explorerUrl: null,
  walletConnectProjectId: null,
  demo: null,
};
const names = ["TBurnToken", "MemberRegistry", "KycRegistry", "ValidatorRegistry", "StakingCore", "RewardVault"];
const deployment = {
  chainId: 31337,
  contracts: Object.fromEntries(names.map((name) => [name, { address }])),
  parameters: { unbondingSeconds: 210, cohortSeconds: 60 },
};
const site =
  (files: Record<string, unknown>): typeof fetch =>
  async (path) =>
    files[String(path)] === undefined
      ? new Response("", { status: 404 })
      : new Response(JSON.stringify(files[String(path)]));

describe("loadSettings", () => {
  it("reads both files", async () => {
    const settings = await loadSettings(site({ "/config.json": config, "/deployment.json": deployment }));
    expect(settings.deployment.contracts.StakingCore.address).toBe(address);
  });
  it("names the file that is missing", async () => {
    await expect(loadSettings(site({ "/config.json": config }))).rejects.toThrow("/deployment.json: 404");
  });
  it("names the field that is wrong", async () => {
    const broken = { ...config, rpcUrls: [] };
    await expect(loadSettings(site({ "/config.json": broken, "/deployment.json": deployment }))).rejects.toThrow(
      "/config.json: rpcUrls",
    );
  });
  it("refuses two chains", async () => {
    const other = { ...deployment, chainId: 1 };
    await expect(loadSettings(site({ "/config.json": config, "/deployment.json": other }))).rejects.toThrow(
      "31337 ≠ 1",
    );
  });
});
