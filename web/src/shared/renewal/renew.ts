import type { QueryClient } from "@tanstack/react-query";

/** Where answers come from; the first word of every query's key. */
export type Side = "chain" | "graphql";

/** A round whose slowest answer takes longer no longer holds the next one up. */
const PATIENCE_MS = 10_000;

/**
 * Renews the answers of one side, one round after the other. Whatever happens during a round asks for one more after
 * it, so that answers slower than blocks still arrive: to begin anew with each block would abandon every one of them.
 */
class Rounds {
  readonly #queries: QueryClient;
  readonly #side: Side;
  #isRunning = false;
  #isWanted = false;

  constructor(queries: QueryClient, side: Side) {
    this.#queries = queries;
    this.#side = side;
  }

  want(): void {
    this.#isWanted = true;
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#isWanted) {
      this.#isWanted = false;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const patience = new Promise((resolve) => {
        timer = setTimeout(resolve, PATIENCE_MS);
      });
      await Promise.race([this.#queries.invalidateQueries({ queryKey: [this.#side] }), patience]);
      clearTimeout(timer);
    }
    this.#isRunning = false;
  }
}

const known = new WeakMap<QueryClient, Map<Side, Rounds>>();

/** Says that `side` has something new: what the page shows of it is asked again. */
export function renew(queries: QueryClient, side: Side): void {
  const sides = known.get(queries) ?? new Map<Side, Rounds>();
  known.set(queries, sides);
  const rounds = sides.get(side) ?? new Rounds(queries, side);
  sides.set(side, rounds);
  rounds.want();
}
