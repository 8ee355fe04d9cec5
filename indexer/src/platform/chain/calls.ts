import type { ContractName, Deployment } from "@tburn/deployments";
import { type Abi, type AbiFunction, decodeFunctionData, toFunctionSelector, toFunctionSignature } from "viem";
import { everyAbi } from "./abis.ts";
import { plain } from "./args.ts";
import type { Hex } from "./rpc.ts";

/** A call of one of our contracts, in words. Numbers are strings; structs and lists keep their form. */
interface DecodedCall {
  contract: ContractName;
  /** Name with parameter types, as in `setUnbonding(uint40)`. */
  signature: string;
  args: { name: string; type: string; value: unknown }[];
}

/** Words for a call; undefined for a target or a function that no ABI of ours knows. */
export type CallDecoder = (target: string, data: string) => DecodedCall | undefined;

const isFunction = (item: Abi[number]): item is AbiFunction => item.type === "function";

/** Reads calldata by the ABIs of a deployment's contracts. */
export function callDecoder(deployment: Deployment): CallDecoder {
  const names = new Map(
    (Object.keys(everyAbi) as ContractName[]).map((name) => [deployment.contracts[name].address.toLowerCase(), name]),
  );
  return (target, data) => {
    const contract = names.get(target.toLowerCase());
    const abi = contract && everyAbi[contract];
    const item = abi?.filter(isFunction).find((one) => toFunctionSelector(one) === data.slice(0, 10).toLowerCase());
    if (!contract || !item) return undefined;
    try {
      const { args = [] } = decodeFunctionData({ abi: [item], data: data as Hex });
      const values = args as readonly unknown[];
      return {
        contract,
        signature: toFunctionSignature(item),
        args: item.inputs.map(({ name, type }, i) => ({ name: name ?? `arg${i}`, type, value: plain(values[i]) })),
      };
    } catch {
      // Calldata is anybody's: it may not fit the function that it names.
      return undefined;
    }
  };
}
