/** How far the indexer's account may trail before it is said: quietly, in amber, in red. Seconds. */
const QUIET = 15;
const AMBER = 60;
const RED = 900;

interface Block {
  number: bigint | number;
  timestamp: number;
}

export interface Lag {
  stage: "fresh" | "quiet" | "amber" | "red";
  seconds: number;
}

/** Lag by the chain's own clock; an indexer that does not answer is at least amber. */
export function lagOf(at: { head?: Block; indexed?: Block; isIndexerSilent: boolean }): Lag {
  const { head, indexed, isIndexerSilent } = at;
  const isBehind = head !== undefined && indexed !== undefined && Number(head.number) > Number(indexed.number);
  const seconds = isBehind ? Math.max(0, head.timestamp - indexed.timestamp) : 0;
  if (seconds > RED) return { stage: "red", seconds };
  if (seconds > AMBER || isIndexerSilent) return { stage: "amber", seconds };
  return { stage: seconds > QUIET ? "quiet" : "fresh", seconds };
}
