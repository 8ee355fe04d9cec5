import { defaultFieldResolver, type GraphQLSchema, isObjectType } from "graphql";
import { blockAt } from "../db/mirror/state.ts";
import { codedError } from "./coded-error.ts";
import type { BlockStamp } from "./connection.ts";
import type { Context } from "./context.ts";

/** A block of the past of which a question wants the state; undefined where it wants the newest. */
export type Moment = BlockStamp | undefined;

/** What tells a state. Whatever is told of it in turn is of the same block. */
export interface Told {
  at: Moment;
}

export interface PastArgs {
  asOfBlock?: number | null;
}

async function find(number: number, context: Context): Promise<BlockStamp> {
  const { block, head, first, start } = await blockAt(context.read, number);
  if (head === undefined || number > head) {
    const words = head === undefined ? "no block is indexed yet" : `the newest indexed block is ${head}`;
    throw codedError("BLOCK_NOT_REACHED", `${words}, block ${number} is not; ask again later, or for an earlier block`);
  }
  if (first === undefined || number < first) {
    throw codedError(
      "BLOCK_BEFORE_START",
      `the contracts begin at block ${first ?? head}; ask for that or a later one`,
    );
  }
  if (start !== undefined && number < start) {
    throw codedError(
      "HISTORY_NOT_KEPT",
      `states are known from block ${start} on; the operator makes the earlier ones with: npm run indexer -- replay --from-logs`,
    );
  }
  if (!block) throw new Error(`block ${number} is missing`);
  return block;
}

/**
 * The block that a question names.
 * @throws `BLOCK_NOT_REACHED`, `BLOCK_BEFORE_START` or `HISTORY_NOT_KEPT`, each with what to do.
 */
export async function momentOf({ asOfBlock }: PastArgs, context: Context): Promise<Moment> {
  if (asOfBlock === undefined || asOfBlock === null) return undefined;
  return context.once(`block:${asOfBlock}`, () => find(asOfBlock, context));
}

/** The last block of which rows count; all of them do where no block is named. */
export const upTo = (at: Moment): number => at?.number ?? Number.MAX_SAFE_INTEGER;

/** The block whose state something is. */
export const stampOf = ({ at }: Told, context: Context): Promise<BlockStamp | null> =>
  at ? Promise.resolve(at) : context.asOfBlock();

/** Fields by type that are told of the past as well. */
export type PastFields = Record<string, readonly string[]>;

/**
 * Refuses fields of a past state that are not among `kept`, so that no answer mixes a past block with the newest. A
 * field that is added later is refused, too, until somebody has thought of its past.
 */
export function guardPast(schema: GraphQLSchema, kept: PastFields): void {
  for (const [name, fields] of Object.entries(kept)) {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`no type ${name}`);
    const all = type.getFields();
    const strange = fields.find((field) => !(field in all));
    if (strange) throw new Error(`${name} has no field ${strange}`);
    for (const field of Object.values(all).filter((one) => !fields.includes(one.name))) {
      const { resolve = defaultFieldResolver } = field;
      field.resolve = (node: Told, ...rest) => {
        if (!node.at) return resolve(node, ...rest);
        throw codedError(
          "FIELD_NOT_KEPT",
          `${name}.${field.name} is told of the newest block alone; leave it out, or asOfBlock`,
        );
      };
    }
  }
}
