import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "../command.ts";
import type { Breach, Rule } from "../rule.ts";
import { files } from "../sources.ts";

interface Diagnostic {
  message: string;
  code: { code: string } | null;
  spans: { file_name: string; line_start: number }[];
}

/** Casts that cut, by file: how many were looked at, and why none of them loses anything. */
const casts: Record<string, [count: number, reason: string]> = {
  "contracts/governance/ProposalRules.sol": [1, "a selector is the first four bytes on purpose"],
  "contracts/libraries/ConsensusKeys.sol": [2, "keys of this type are 20 bytes, which registration checks"],
  "contracts/libraries/PoolMath.sol": [1, "what is left of a pool is at most what it held"],
  "contracts/liquid/LiquidExits.sol": [3, "parts of an exit are at most the core's stake, below 2^96"],
  "contracts/liquid/LiquidStakingBook.sol": [3, "each stands behind a comparison of the whole number"],
  "contracts/liquid/LiquidStakingVault.sol": [2, "claimableRedeemRequest answers 0 for a number of more than 32 bits"],
  "contracts/performance/PerformanceOracle.sol": [2, "a mean of basis points; a quorum of at most MAX_MEMBERS"],
  "contracts/performance/UptimeRing.sol": [2, "what a shift and a mask leave of 16 bits"],
  "contracts/slashing/SlashingRules.sol": [1, "a time before now"],
  "contracts/sponsoring/SponsoredCalls.sol": [1, "a selector is the first four bytes on purpose"],
  "contracts/staking/RewardVault.sol": [2, "at most the budget, which is 128 bits"],
  "contracts/staking/StakeExits.sol": [
    4,
    "a day is 32 bits until long after 2100; shares and tokens come out of a pool",
  ],
  "contracts/staking/StakeSlashing.sol": [6, "each is at most the stored value from which it is taken"],
  "contracts/staking/StakingCore.sol": [2, "each is at most the stored value from which it is taken"],
  "contracts/staking/StakingLedger.sol": [3, "all stake is below 2^96; a day is 32 bits until long after 2100"],
};

/** Findings of other lints that were looked at: `lint file`. */
const explained: Record<string, [count: number, reason: string]> = {
  "incorrect-shift contracts/performance/UptimeRing.sol": [1, "a mask of constants, in the order that it says"],
  "divide-before-multiply contracts/staking/StakingCore.sol": [1, "rounds up to a whole day on purpose"],
};

/** Forge's lints, at every severity that foundry.toml names. */
export const forgeLint: Rule = {
  name: "Forge lint",
  run: async (root) => {
    if (!existsSync(join(root, "foundry.toml")) || files(root, "contracts").length === 0) return [];
    const { code, output } = await run(root, "forge", ["lint", "contracts", "--json"]);
    const found = output
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Diagnostic)
      .filter(({ spans }) => !spans[0]?.file_name.startsWith("contracts/mocks/"));
    if (code !== 0 && found.length === 0) return [{ file: "forge", message: output.trim() }];

    const groups = new Map<string, Diagnostic[]>();
    for (const one of found) {
      const key = `${one.code?.code} ${one.spans[0]?.file_name}`;
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    const expected = new Map([
      ...Object.entries(casts).map(([file, known]) => [`unsafe-typecast ${file}`, known] as const),
      ...Object.entries(explained),
    ]);
    const breaches: Breach[] = [];
    for (const [key, all] of groups) {
      const [count = 0] = expected.get(key) ?? [];
      const [first] = all;
      if (all.length === count || !first) continue;
      const span = first.spans[0];
      const message = `${key.split(" ")[0]}: ${all.length} found, ${count} explained in scripts/check/tools/forge.ts`;
      breaches.push({ file: span?.file_name ?? "", line: span?.line_start ?? 1, message });
    }
    const isThere = (key: string) => existsSync(join(root, key.split(" ")[1] ?? ""));
    for (const key of [...expected.keys()].filter((one) => !groups.has(one) && isThere(one)))
      breaches.push({ file: "scripts/check/tools/forge.ts", message: `explains ${key}, which is not found any more` });
    return breaches;
  },
};
