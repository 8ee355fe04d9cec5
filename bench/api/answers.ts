import { ask } from "./ask.ts";
import { type ApiServer, type Entry, questionNames } from "./servers/server.ts";

/** Forms of each question that are compared. */
const FORMS = 20;

const text = (entries: readonly Entry[]) => entries.map((entry) => entry.join(" "));

/**
 * Entries in an order of their own where they are of one value: servers break ties by ids, some up and some down. What has
 * the last value is left out, for a page may end within a tie.
 */
function settled(entries: Entry[], isByAmount: boolean): string[] {
  if (!isByAmount) return text(entries);
  const last = entries.at(-1)?.[1];
  const whole = entries.filter(([, value]) => value !== last);
  return text(
    whole.toSorted(([id, one], [otherId, other]) =>
      one === other ? id.localeCompare(otherId) : BigInt(one) > BigInt(other) ? -1 : 1,
    ),
  );
}

function isInOrder(entries: Entry[]): boolean {
  return entries.every(([, value], i) => i === 0 || BigInt(entries[i - 1]?.[1] ?? 0) >= BigInt(value));
}

/**
 * Holds answers of all servers against the first one's: the same ids with the same values, in the same order.
 * @returns how many answers were compared
 * @throws naming the first difference
 */
export async function requireSame(servers: ApiServer[]): Promise<number> {
  let compared = 0;
  for (const name of questionNames) {
    const isByAmount = name !== "validators";
    for (let n = 0; n < FORMS; n++) {
      let expected: string[] | undefined;
      for (const server of servers) {
        const form = server.asks[name]?.(n);
        if (!form) continue;
        const entries = server.entries(name, await ask(server.url, form));
        const found = settled(entries, isByAmount);
        const what = `${name} ${n} of ${server.name}`;
        if (entries.length === 0) throw new Error(`${what} is empty: ask for a chain of more events`);
        if (isByAmount && !isInOrder(entries)) throw new Error(`${what} is not in order`);
        expected ??= found;
        const at = expected.findIndex((entry, i) => entry !== found[i]);
        if (at >= 0 || found.length !== expected.length) {
          throw new Error(`${what} differs at ${at}: ${found[at]} in place of ${expected[at]}`);
        }
        compared++;
      }
    }
  }
  return compared;
}
