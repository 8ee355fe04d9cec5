import { percentiles, type Watch } from "./clock.ts";
import type { Miner } from "./miner.ts";
import type { DappPage } from "./page.ts";

/** Who follows a chain that goes on. */
export interface Live {
  name: string;
  says: string;
  /** Its row of the newest block has been committed. */
  row: Watch;
  /** A listener to its API has heard of it. */
  heard: Watch;
  /** The next block is about to come: what is told from now on must hold it. */
  next(): void;
  /** Where it is shown. */
  page: DappPage | undefined;
  stop(): Promise<void>;
}

const PATIENCE_MS = 10_000;
const WARM_BLOCKS = 10;

/** Waits from the moment at which the node has a block; `asked` counts from before it was mined, and is never too short. */
export async function follow(live: Live, miner: Miner, blocks: number) {
  const waits: Record<"row" | "rowFromAsked" | "heard" | "shown", number[]> = {
    ...{ row: [], rowFromAsked: [], heard: [], shown: [] },
  };
  let missed = 0;
  const one = async (isCounted: boolean) => {
    live.row.reset();
    live.heard.reset();
    const next = await expectNext(live, miner);
    const { asked, there } = next;
    const [row, heard, shown] = [
      await live.row.seen(PATIENCE_MS),
      await live.heard.seen(PATIENCE_MS),
      await live.page?.seen(PATIENCE_MS),
    ];
    if (!isCounted) return;
    if (row === undefined) missed++;
    else {
      waits.row.push(row - there);
      waits.rowFromAsked.push(row - asked);
    }
    if (heard !== undefined) waits.heard.push(heard - there);
    if (shown !== undefined) waits.shown.push(shown - there);
  };
  for (let n = 0; n < WARM_BLOCKS; n++) await one(false);
  for (let n = 0; n < blocks; n++) await one(true);
  return {
    ...{ name: live.name, says: live.says, missed },
    blockToRow: percentiles(waits.row),
    askedToRow: percentiles(waits.rowFromAsked),
    blockToListener: percentiles(waits.heard),
    blockToPage: live.page ? percentiles(waits.shown) : undefined,
  };
}

async function expectNext(live: Live, miner: Miner) {
  live.next();
  await live.page?.expect(miner.next);
  return miner.mine();
}

export type Waits = Awaited<ReturnType<typeof follow>>;
