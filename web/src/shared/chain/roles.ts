import type { Address } from "viem";
import { useConnection } from "wagmi";
import { type Reader, useChainRead } from "./read.ts";

/** Roles of the access manager that have work in the dApp (`contracts/libraries/Roles.sol`). */
const roleNumbers = { compliance: 3n, council: 10n, guardian: 11n, committee: 13n } as const;
export type Role = keyof typeof roleNumbers;

async function readRoles({ client, at }: Reader, account: Address): Promise<Role[]> {
  const { accessManagerAbi: abi } = await import("@tburn/deployments/abi/access-manager");
  const manager = { address: at.addressOf("AccessManager"), abi };
  const names = Object.keys(roleNumbers) as Role[];
  const held = await Promise.all(
    names.map((name) =>
      client.readContract({ ...manager, functionName: "hasRole", args: [roleNumbers[name], account] }),
    ),
  );
  return names.filter((_, index) => held[index]?.[0]);
}

/** Roles that the connected wallet holds on chain; undefined while they are read. */
export function useRoles() {
  const { address } = useConnection();
  const read = useChainRead(["roles", address], (reader) => readRoles(reader, address as Address), {
    enabled: address !== undefined,
  });
  return { ...read, data: address ? read.data : undefined, address };
}
