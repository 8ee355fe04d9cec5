import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Deployment } from "@tburn/deployments";
import { encodeFunctionData, type Hex, parseAbi } from "viem";
import { rpc } from "../../indexer/test/harness/actors.ts";

/** What the mill can announce; the numbers are those of EventMill.sol. */
export const kinds = {
  MemberRegistered: 0,
  ValidatorRegistered: 1,
  ValidatorActivated: 2,
  TokensStaked: 3,
  StakeDelegated: 4,
  TokensUnstaked: 5,
  UnstakeClaimed: 6,
  EpochCredited: 7,
  RewardsClaimed: 8,
  CommissionChanged: 9,
  TransferTo: 10,
  TransferFrom: 11,
} as const;

const millAbi = parseAbi(["function run(address[] targets, uint256[][] words)"]);

/** Contracts whose voice the mill takes over. */
export const voices = ["TBurnToken", "MemberRegistry", "ValidatorRegistry", "StakingCore", "RewardVault"] as const;
export type Voice = (typeof voices)[number];

/** One act as a word of EventMill.sol; small numbers below 2^24, 2^40 and 2^56. */
export function word(kind: keyof typeof kinds, values: { v?: number; m?: number; id?: bigint; amount?: bigint }) {
  const { v = 0, m = 0, id = 0n, amount = 0n } = values;
  return (BigInt(kinds[kind]) << 248n) | (BigInt(v) << 224n) | (BigInt(m) << 184n) | (id << 128n) | amount;
}

interface Compiled {
  errors?: { severity: string; formattedMessage: string }[];
  contracts?: { "EventMill.sol": { EventMill: { evm: { deployedBytecode: { object: string } } } } };
}

/** Code of the mill, by the locked compiler. */
function compile(): Hex {
  const solc = createRequire(import.meta.url)("solc") as { compile(input: string): string };
  const input = {
    language: "Solidity",
    sources: { "EventMill.sol": { content: readFileSync(join(import.meta.dirname, "EventMill.sol"), "utf8") } },
    settings: {
      optimizer: { enabled: true, runs: 10_000 },
      viaIR: true,
      outputSelection: { "*": { "*": ["evm.deployedBytecode.object"] } },
    },
  };
  const { errors = [], contracts } = JSON.parse(solc.compile(JSON.stringify(input))) as Compiled;
  const wrong = errors.find(({ severity }) => severity === "error");
  const code = contracts?.["EventMill.sol"].EventMill.evm.deployedBytecode.object;
  if (wrong || !code) throw new Error(wrong?.formattedMessage ?? "the mill has no code");
  return `0x${code}`;
}

const MILL = "0x00000000000000000000000000000000000b311c";
/** Enough for a thousand acts; the block's limit is 30 million. */
const GAS = "0x1c9c380";

/**
 * What sends acts through the mill, to be mined by whoever asks for it, and what lays the mill over the contracts of `record`.
 * A node that goes back far forgets code that was laid: it is laid again then.
 */
export function millOf(url: string, record: Deployment, sender: string) {
  const code = compile();
  const lay = async (): Promise<void> => {
    for (const address of [MILL, ...voices.map((voice) => record.contracts[voice].address)]) {
      await rpc(url, "anvil_setCode", [address, code]);
    }
  };
  const announce = (acts: Partial<Record<Voice, bigint[]>>): Promise<string> => {
    const spoken = voices.filter((voice) => acts[voice]?.length);
    const targets = spoken.map((voice) => record.contracts[voice].address);
    const words = spoken.map((voice) => acts[voice] ?? []);
    const data = encodeFunctionData({ abi: millAbi, functionName: "run", args: [targets, words] });
    return rpc(url, "eth_sendTransaction", [{ from: sender, to: MILL, data, gas: GAS, gasPrice: "0x3b9aca00" }]);
  };
  return { lay, announce };
}
