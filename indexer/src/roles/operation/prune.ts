import { countForgettable, pruneJournal } from "../../platform/db/journal.ts";
import { countRelayed, KEPT_DAYS, pruneOutbox } from "../../platform/db/outbox.ts";
import { type Command, optionsOf, wholeOf } from "./command.ts";
import { withPool } from "./database.ts";

const help = `npm run indexer -- prune [--outbox-days D] [--dry-run]

Forgets what nobody needs any more: entries of the undo journal of blocks that are final, and announcements that were relayed
more than D days ago and are of final blocks. The follower and the worker do the same by themselves; this is for mirrors
that neither looks after.

  --outbox-days D   days that relayed announcements are kept (default: ${KEPT_DAYS}); 0 keeps none
  --dry-run         says how many rows that would be, and forgets nothing

Prints how many rows, as JSON. Safe while others work.`;

/** Forgets what nobody needs any more. */
export const prune: Command = {
  help,
  run: async (env, args) => {
    const options = optionsOf(args, { "outbox-days": { type: "string" }, "dry-run": { type: "boolean" } });
    const days = wholeOf("outbox-days", options["outbox-days"], KEPT_DAYS);
    const dryRun = options["dry-run"] === true;
    const rows = await withPool(env, async (pool) =>
      dryRun
        ? { journal: await countForgettable(pool), outbox: await countRelayed(pool, days) }
        : { journal: await pruneJournal(pool), outbox: await pruneOutbox(pool, days) },
    );
    console.log(JSON.stringify({ dryRun, outboxDays: days, ...rows }, null, 2));
  },
};
