import DataLoader from "dataloader";
import type { Context } from "./context.ts";

/** A wide number of a row as the API tells small ones: ids, seconds, heights. */
export const asNumber = (value: string | null) => (value === null ? null : Number(value));

/**
 * Lists by key, batched per answer, in the order in which they are read.
 * @param name One per kind of list and page size.
 * @param read Rows of all keys in one statement.
 */
export const lists = <Key extends string | number, Row, Node>(
  context: Context,
  name: string,
  read: (keys: readonly Key[]) => Promise<Row[]>,
  keyOf: (row: Row) => Key,
  nodeOf: (row: Row) => Node,
): DataLoader<Key, Node[]> =>
  context.once(name, () => {
    const load = async (keys: readonly Key[]) => {
      const found = Map.groupBy(await read(keys), keyOf);
      return keys.map((key) => (found.get(key) ?? []).map(nodeOf));
    };
    return new DataLoader<Key, Node[]>(load);
  });
