import { readFileSync } from "node:fs";
import { createConfig } from "ponder";

/** Written by the bench: contestants/peer.ts. */
const settings = JSON.parse(readFileSync("bench.json", "utf8"));
const contract = (name: string) => ({
  abi: settings.abis[name],
  address: settings.addresses[name],
  chain: "bench",
  startBlock: settings.first,
  ...(settings.isLive ? {} : { endBlock: settings.head }),
});

export default createConfig({
  database: { kind: "postgres", connectionString: settings.databaseUrl },
  chains: {
    bench: {
      id: settings.chainId,
      rpc: settings.rpcUrl,
      ...(settings.isLive ? { ws: settings.wsUrl } : {}),
      ethGetLogsBlockRange: settings.range,
    },
  },
  contracts: {
    TBurnToken: contract("TBurnToken"),
    MemberRegistry: contract("MemberRegistry"),
    ValidatorRegistry: contract("ValidatorRegistry"),
    StakingCore: contract("StakingCore"),
    RewardVault: contract("RewardVault"),
  },
});
