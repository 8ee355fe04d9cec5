import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AbiEvent } from "viem";
import { followedAbis } from "../../../indexer/src/platform/chain/abis.ts";
import { voices } from "../../chain/mill.ts";
import { installPeer } from "../peers/install.ts";
import type { Ground } from "./contestant.ts";
import { emptyDatabase } from "./floor.ts";

/** Events of which the small set of tables is made. */
const told: Record<(typeof voices)[number], string[]> = {
  TBurnToken: ["Transfer"],
  MemberRegistry: ["MemberRegistered"],
  ValidatorRegistry: ["ValidatorRegistered", "CommissionChanged"],
  StakingCore: ["TokensStaked", "StakeDelegated", "TokensUnstaked", "UnstakeClaimed"],
  RewardVault: ["EpochCredited", "RewardsClaimed"],
};

/** Blocks whose logs a peer may ask for at once: the node has no limit, and larger answers gain nothing. */
const RANGE = 100;

/** What a peer's project reads as `bench.json`. */
export interface PeerSettings {
  chainId: number;
  rpcUrl: string;
  wsUrl: string;
  databaseUrl: string;
  first: number;
  head: number;
  range: number;
  /** Goes on after the last block, following new ones. */
  isLive: boolean;
  addresses: Record<string, string>;
  /** Events of each contract. */
  abis: Record<string, AbiEvent[]>;
}

const eventsOf = (name: (typeof voices)[number]) =>
  (followedAbis[name] ?? []).filter(
    (item): item is AbiEvent => item.type === "event" && told[name].includes(item.name),
  );

/** Lays a peer's project and an empty database out. @returns the project's folder and its settings */
export async function layOut(
  name: string,
  ground: Ground,
  say: (line: string) => void,
  isLive = false,
): Promise<{ folder: string; settings: PeerSettings }> {
  const { chain } = ground;
  const settings: PeerSettings = {
    chainId: chain.record.chainId,
    rpcUrl: chain.rpcUrl,
    wsUrl: chain.wsUrl,
    databaseUrl: await emptyDatabase(ground),
    first: chain.record.startBlock,
    head: chain.head,
    range: RANGE,
    isLive,
    addresses: Object.fromEntries(voices.map((voice) => [voice, chain.record.contracts[voice].address])),
    abis: Object.fromEntries(voices.map((voice) => [voice, eventsOf(voice)])),
  };
  const folder = await installPeer(name, say);
  writeFileSync(join(folder, "bench.json"), JSON.stringify(settings, null, 2));
  return { folder, settings };
}
