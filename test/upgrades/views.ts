import { Interface, type ParamType } from "ethers";
import { contractOf } from "../../scripts/deploy/release/release.ts";
import { ethers, type System } from "../fixtures/system.ts";

/** Values that views are asked with. */
export interface Questions {
  /** Numbers of validators, members, positions, requests, cases, …; also small numbers of anything else. */
  ids: bigint[];
  /** Unix seconds before now. */
  seconds: bigint[];
  /** Epochs and days. */
  periods: bigint[];
  wallets: string[];
  hashes: string[];
}

/** Views that answer about this very block, or about nothing that is stored. */
const passing = /^(clock|CLOCK_MODE|proxiableUUID|UPGRADE_INTERFACE_VERSION)$/;
/** Most sets of arguments that one view is asked with. */
const MOST = 64;

function valuesOf(param: ParamType, q: Questions): unknown[] | undefined {
  if (param.baseType === "array") {
    const one = param.arrayChildren ? valuesOf(param.arrayChildren, q) : undefined;
    return one?.map((value) => [value]);
  }
  if (/^(timepoint|timestamp|tau|at)$/.test(param.name)) return q.seconds;
  if (/^(epoch|day)$/.test(param.name)) return [0n, 1n, ...q.periods];
  if (param.name === "requestId") return [1n, 2n, ...q.periods];
  if (param.type === "address") return q.wallets;
  if (param.type === "bytes32") return q.hashes;
  if (param.type === "bytes4") return ["0x01ffc9a7", "0x620ee8e4", "0xffffffff"];
  if (param.type === "bool") return [true, false];
  if (param.type === "uint8") return [0n, 1n, 2n];
  if (param.type === "uint256" && /^(tokens|shares|assets|amount|value)$/.test(param.name)) return [10n ** 18n];
  const bits = Number(/^uint(\d+)$/.exec(param.type)?.[1] ?? 0);
  if (bits > 0) return q.ids.filter((id) => id < 1n << BigInt(bits));
  return undefined;
}

const product = (lists: unknown[][]): unknown[][] =>
  lists.reduce<unknown[][]>((sets, list) => sets.flatMap((set) => list.map((value) => [...set, value])), [[]]);

/**
 * What every view of each contract in `names` answers, by `Contract.view(arguments)`, asked by the ABI of `version`. A
 * refusal is an answer, too.
 */
export async function answers(
  s: System,
  version: string,
  names: readonly (keyof System["record"]["contracts"])[],
  q: Questions,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of names) {
    const face = new Interface(contractOf(version, name).abi);
    const to = s.record.contracts[name].address;
    const views = face.fragments.filter((f) => f.type === "function").map((f) => face.getFunction(f.format()));
    for (const view of views) {
      if (!view || !/^(view|pure)$/.test(view.stateMutability) || passing.test(view.name)) continue;
      const lists = view.inputs.map((param) => valuesOf(param, q));
      if (lists.some((list) => list === undefined)) continue;
      for (const args of product(lists as unknown[][]).slice(0, MOST)) {
        const data = face.encodeFunctionData(view, args);
        const key = `${name}.${view.name}(${args.join(", ")})`;
        found[key] = await ethers.provider
          .call({ to, data })
          .catch((error: { data?: string }) => `refused ${error.data}`);
      }
    }
  }
  return found;
}

/** Keys whose answers differ. */
export const differences = (before: Record<string, string>, after: Record<string, string>): string[] =>
  Object.keys(before).filter((key) => before[key] !== after[key]);
