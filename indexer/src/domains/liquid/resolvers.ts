import { codedError } from "../../platform/graphql/coded-error.ts";
import { connection, type PageArgs, pageOf } from "../../platform/graphql/connection.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { validatorLoader } from "../validators/service.ts";
import {
  type AllocationRow,
  allocations,
  type MovementRow,
  movementsOf,
  redemptionsOf,
  sharesOf,
  vault,
} from "./repository.ts";
import { movementKinds } from "./rules.ts";

const allocationNode = (row: AllocationRow) => ({
  validatorId: Number(row.validator_id),
  listed: row.listed,
  positionId: row.position_id,
  allocated: row.allocated,
  deallocated: row.deallocated,
});

const movementNode = (row: MovementRow) => ({
  kind: movementKinds[row.kind],
  assets: row.assets,
  shares: row.shares,
  at: Number(row.block_time),
  blockNumber: Number(row.block_number),
  transactionHash: row.tx_hash,
});

interface HolderNode {
  address: string;
}

export const resolvers = {
  Query: {
    liquidVault: async (_root: unknown, _args: unknown, context: Context) => {
      const row = await vault(context.read);
      if (!row) return null;
      return {
        memberNo: row.member_no === null ? null : Number(row.member_no),
        totalShares: row.shares,
        capBps: row.cap_bps,
        harvested: row.harvested,
        holderCount: row.holders,
      };
    },
    /** @throws `INPUT_INVALID` */
    liquidHolder: (_root: unknown, { address }: HolderNode) => {
      if (!/^0x[0-9a-fA-F]{40}$/.test(address)) throw codedError("INPUT_INVALID", "an address is 0x and 40 hex digits");
      return { address: address.toLowerCase() };
    },
  },
  LiquidVault: {
    allocations: async (_vault: unknown, _args: unknown, context: Context) =>
      (await allocations(context.read)).map(allocationNode),
  },
  LiquidAllocation: {
    validator: ({ validatorId }: ReturnType<typeof allocationNode>, _args: unknown, context: Context) =>
      validatorLoader(context).load(validatorId),
  },
  LiquidHolder: {
    shares: ({ address }: HolderNode, _args: unknown, context: Context) => sharesOf(context.read, address),
    redemptions: async ({ address }: HolderNode, args: PageArgs, context: Context) =>
      (await redemptionsOf(context.read, address, pageOf(args, []).limit)).map((row) => ({
        requestId: row.request_id,
        owner: row.owner,
        shares: row.shares,
        assetsAtRequest: row.assets_at_request,
        requestedAt: Number(row.requested_at),
      })),
    movements: async ({ address }: HolderNode, args: PageArgs, context: Context) => {
      const page = pageOf(args, ["whole", "whole"]);
      const rows = await movementsOf(context.read, address, page);
      const cursorOf = (row: MovementRow) => [row.block_number, String(row.log_index)];
      return connection(rows, page, await context.asOfBlock(), cursorOf, movementNode);
    },
  },
};
