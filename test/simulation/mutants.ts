import { registerHooks } from "node:module";

const platform = "indexer/src/platform";

interface Mutant {
  /** What somebody could get wrong. */
  what: string;
  /** A seed that has found it; the search begins there. */
  seed: number;
  file: string;
  from: string;
  to: string;
}

/** Bugs that the simulator must find, each alone: one that none of its schedules finds is a hole in the simulator. */
export const mutants: Record<string, Mutant> = {
  journal: {
    what: "an undo gives back a row as its newest entry says, not its oldest",
    seed: 4,
    file: `${platform}/db/journal.ts`,
    from: "order by row_key, block_number`",
    to: "order by row_key, block_number desc`",
  },
  checkpoint: {
    what: "the checkpoint moves in a transaction of its own",
    seed: 8,
    file: `${platform}/chain/sync.ts`,
    from: "await moveCheckpoint(client, this.#mine, from, to);",
    to: "await moveCheckpoint(this.#o.pool, this.#mine, from, to);",
  },
  filter: {
    what: "logs that the block's filter announces are not missed",
    seed: 134,
    file: `${platform}/chain/source.ts`,
    from: "if (!impossible && !this.#isInDoubt(header, had)) return had;",
    to: "if (!impossible) return had;",
  },
  outbox: {
    what: "blocks are undone and what was announced of them is not retracted",
    seed: 1,
    file: `${platform}/chain/sync.ts`,
    from: "await retractAbove(client, ancestor.number);",
    to: "",
  },
  guard: {
    what: "a process that slept moves the checkpoint from wherever it finds it",
    seed: 466,
    file: `${platform}/db/checkpoint.ts`,
    from: "where block_number = $4 and block_hash = $5",
    to: "where block_number is distinct from $4 or block_hash is distinct from $5 or true",
  },
  order: {
    what: "retractions come oldest first",
    seed: 1,
    file: `${platform}/db/outbox.ts`,
    from: "and o.block_number > $1 order by o.id desc",
    to: "and o.block_number > $1 order by o.id",
  },
  memory: {
    what: "rows in memory outlive the blocks that were undone",
    seed: 1,
    file: `${platform}/chain/sync.ts`,
    from: "    this.#store.reset();\n    this.#source.forget();\n    this.#isLoaded = false;",
    to: "    this.#source.forget();",
  },
  finality: {
    what: "the journal is pruned one block too early",
    seed: 1,
    file: `${platform}/db/journal.ts`,
    from: 'delete from ops.journal where block_number <= $1", [finalBlock]',
    to: 'delete from ops.journal where block_number <= $1", [finalBlock + 1]',
  },
  word: {
    what: "a block is final by the height that a node says, not by the headers that were read",
    seed: 484,
    file: `${platform}/chain/proof/headers.ts`,
    from: "confirmed: from + row.length - 1 };",
    to: "confirmed: head };",
  },
  stale: {
    what: "headers that were read of a chain that was left are not read again",
    seed: 3596,
    file: `${platform}/chain/source.ts`,
    from: "      this.#headers.forget();\n      if (!(error instanceof RpcError)",
    to: "      if (!(error instanceof RpcError)",
  },
};

const isEngine = (url: string) => /\/indexer\/src\/platform\/(chain|db)\/|\/test\/simulation\/process\.ts/.test(url);

/** Lets `process.ts?mutant=name` be loaded with an engine of its own that has that bug. */
export function allowMutants(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      const name = new URL(context.parentURL ?? "file:///").searchParams.get("mutant");
      return name && isEngine(found.url) && !found.url.includes("?")
        ? { ...found, url: `${found.url}?mutant=${name}` }
        : found;
    },
    load(url, context, next) {
      const loaded = next(url, context);
      const mutant = mutants[new URL(url).searchParams.get("mutant") ?? ""];
      if (!mutant || !new URL(url).pathname.endsWith(mutant.file)) return loaded;
      const text = String(Buffer.from(loaded.source as Uint8Array));
      if (!text.includes(mutant.from)) throw new Error(`${mutant.file} has no "${mutant.from}" any more`);
      return { ...loaded, source: text.replace(mutant.from, mutant.to) };
    },
  });
}
