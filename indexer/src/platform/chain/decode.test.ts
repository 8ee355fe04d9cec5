import { contractNames, type Deployment } from "@tburn/deployments";
import { validatorRegistryAbi } from "@tburn/deployments/abi/validator-registry";
import { encodeAbiParameters, encodeEventTopics } from "viem";
import { expect, it } from "vitest";
import { text } from "./args.ts";
import { decoder } from "./decode.ts";

const deployment = {
  contracts: Object.fromEntries(
    contractNames.map((name, i) => [name, { address: `0x${String(i + 1).padStart(40, "A")}` }]),
  ),
} as unknown as Deployment;
const { addresses, decode } = decoder(deployment);
const address = deployment.contracts.ValidatorRegistry.address.toLowerCase() as `0x${string}`;

const log = (name: string) => ({
  address,
  topics: encodeEventTopics({
    abi: validatorRegistryAbi,
    eventName: "ValidatorMetadataChanged",
    args: { validatorId: 7 },
  }) as `0x${string}`[],
  data: encodeAbiParameters([{ type: "string" }], [name]),
  blockNumber: 5,
  blockHash: "0x01" as const,
  logIndex: 2,
  transactionIndex: 1,
  transactionHash: "0x02" as const,
});

it("decodes an event with its place", () => {
  expect(addresses).toContain(address);
  expect(decode(log("Hangang"), 99)).toMatchObject({
    contract: "ValidatorRegistry",
    name: "ValidatorMetadataChanged",
    args: { validatorId: 7, name: "Hangang" },
    blockNumber: 5,
    blockTime: 99,
    logIndex: 2,
  });
});

it("keeps a name as it is written, even one that looks like an address, and drops what cannot be stored", () => {
  const event = decode(log("0xABC\u0000"), 1);
  expect(event && text(event, "name")).toBe("0xABC\ufffd");
});

it("knows nothing of other contracts and events", () => {
  expect(decode({ ...log("x"), address: "0x0000000000000000000000000000000000000000" }, 1)).toBeUndefined();
  expect(decode({ ...log("x"), topics: ["0x00"] }, 1)).toBeUndefined();
});
