import DataLoader from "dataloader";
import type { Context } from "../../platform/graphql/context.ts";
import { type BlockRow, byNumbers } from "./repository.ts";

/** A block as the API tells it. */
export const blockNode = (row: BlockRow) => ({
  number: Number(row.number),
  hash: row.hash,
  parentHash: row.parent_hash,
  timestamp: Number(row.block_time),
});

export type BlockNode = ReturnType<typeof blockNode>;

/** Blocks by number, batched per request. */
export const blockLoader = (context: Context) =>
  context.once("blocks", () => {
    const load = async (numbers: readonly number[]) => {
      const found = new Map((await byNumbers(context.read, numbers)).map((row) => [Number(row.number), row]));
      return numbers.map((number) => {
        const row = found.get(number);
        return row ? blockNode(row) : null;
      });
    };
    return new DataLoader<number, BlockNode | null>(load);
  });
