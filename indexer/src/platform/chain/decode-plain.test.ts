import { contractNames, type Deployment } from "@tburn/deployments";
import { type Abi, type AbiEvent, decodeEventLog, encodeAbiParameters, type Hex, toEventSelector } from "viem";
import { expect, it } from "vitest";
import { followedAbis } from "./abis.ts";
import { decoder } from "./decode.ts";

const deployment = {
  contracts: Object.fromEntries(
    contractNames.map((name, i) => [name, { address: `0x${String(i + 1).padStart(40, "0")}` }]),
  ),
} as unknown as Deployment;
const { decode } = decoder(deployment);

const fits = (type: string) => /^(address|bool|bytes32|uint\d+)$/.test(type);

/** The largest value of a type: every digit counts. */
function largest(type: string): unknown {
  if (type === "bool") return true;
  if (type === "address") return `0x${"fe".repeat(20)}`;
  if (type === "bytes32") return `0x${"fd".repeat(32)}`;
  return 2n ** BigInt(type.slice(4)) - 1n;
}

const events = Object.entries(followedAbis).flatMap(([contract, abi]) =>
  (abi as Abi)
    .filter((item): item is AbiEvent => item.type === "event" && item.inputs.every(({ type }) => fits(type)))
    .map((item) => ({ contract: contract as keyof typeof deployment.contracts, item })),
);

it("decodes whatever fits words as viem does", () => {
  expect(events.length).toBeGreaterThan(50);
  for (const { contract, item } of events) {
    const encode = (inputs: typeof item.inputs) =>
      encodeAbiParameters(
        inputs,
        inputs.map(({ type }) => largest(type)),
      );
    const indexed = item.inputs.filter((input) => input.indexed);
    const topics = [toEventSelector(item), ...indexed.map((input) => encode([input]))] as [Hex, ...Hex[]];
    const data = encode(item.inputs.filter((input) => !input.indexed));
    const { address } = deployment.contracts[contract];
    const place = { blockNumber: 1, logIndex: 0, transactionIndex: 0 };
    const hashes = { blockHash: "0x01", transactionHash: "0x02" } as const;
    const event = decode({ address: address as Hex, topics, data, ...place, ...hashes }, 0);
    const { args } = decodeEventLog({ abi: [item], data, topics });
    const lower = Object.entries(args ?? {}).map(([name, value]) => {
      return [name, typeof value === "string" ? value.toLowerCase() : value];
    });
    expect(event?.args, item.name).toEqual(Object.fromEntries(lower));
  }
});
