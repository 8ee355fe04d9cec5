import type { Proof } from "../../indexer/src/platform/chain/source.ts";
import type { Point } from "../../indexer/src/platform/chain/sync.ts";
import { pick, type Random, sequence } from "../../indexer/test/harness/traffic.ts";
import { contentFaults, type FaultKind, isAsked, subtleFaults, transportFaults } from "./world/faults.ts";

/** One event of a schedule. Each stands alone, so that a schedule that fails can be shrunk by leaving some out. */
export type Act =
  /** Blocks with so many transactions each. */
  | { do: "mine"; counts: number[] }
  /** Takes `depth` blocks back, as far as finality lets it, and mines others. */
  | { do: "fork"; depth: number; counts: number[]; choice: number }
  /** The chain becomes one that it was before. */
  | { do: "return"; choice: number }
  | { do: "sync"; slot: number; steps: number; look?: Point }
  | { do: "fault"; node: number; kind: FaultKind; times: number }
  | { do: "lag"; node: number; blocks: number }
  /** A node stops hearing of blocks: it serves the chain as it was. */
  | { do: "stick"; node: number }
  | { do: "heal"; node: number }
  | { do: "kill"; slot: number }
  | { do: "kill-at"; slot: number; point: Point }
  | { do: "break"; slot: number; messages: number; direction: "asked" | "answered"; isDeadly: boolean }
  | { do: "drop"; slot: number }
  | { do: "suspend"; slot: number; point: Point }
  | { do: "resume"; slot: number }
  /** A crash may lose the last commits: the server of a simulation does not wait for its disk. */
  | { do: "restart-postgres"; isCrash: boolean }
  | { do: "read"; isDeep: boolean };

export interface Schedule {
  seed: number;
  finalityDepth: number;
  proof: Proof;
  nodes: number;
  /** Whether what was final before the mirror was begun is announced. */
  announcesHistory: boolean;
  /** Whether the next batch is told while one is written, as far from the head. */
  overlaps: boolean;
  /** Blocks of the largest range that is read at once: small ones are read ahead, which these short chains else are not. */
  largestRange: number;
  /** Transactions in each of the first blocks. */
  perBlock: number;
  acts: Act[];
  /** Whether, at the end, the chain changes deeper than finality. */
  isBeyondFinality: boolean;
}

const points: Point[] = [
  "read",
  "projected",
  "rows",
  "journal",
  "outbox",
  "checkpoint",
  "committed",
  "ancestor",
  "orphans",
  "undone",
  "retracted",
  "rewound",
  "reorganised",
];
/** Outside a transaction: a process that sleeps here holds no row. */
const quiet: Point[] = ["read", "projected", "committed", "ancestor", "reorganised"];

const RANGES = [128, 2, 128, 5];

const upTo = (random: Random, most: number) => 1 + Math.floor(random() * most);
const counts = (random: Random, most: number) =>
  Array.from({ length: upTo(random, most) }, () => Math.floor(random() * 4));

type Maker = (random: Random, schedule: Schedule) => Act;

const slot = (random: Random) => (random() < 0.8 ? 0 : 1);
const node = (random: Random, { nodes }: Schedule) => Math.floor(random() * nodes);

const makers: Record<Act["do"], [weight: number, make: Maker]> = {
  mine: [14, (random) => ({ do: "mine", counts: counts(random, 4) })],
  fork: [
    12,
    (random, { finalityDepth }) => ({
      do: "fork",
      depth: random() < 0.2 ? finalityDepth : upTo(random, Math.min(finalityDepth, 8)),
      counts: counts(random, 7),
      choice: random(),
    }),
  ],
  return: [3, (random) => ({ do: "return", choice: random() })],
  sync: [
    26,
    (random) => {
      const act: Act = { do: "sync", slot: slot(random), steps: upTo(random, 4) };
      return random() < 0.3 ? { ...act, look: pick(random, points) } : act;
    },
  ],
  fault: [
    14,
    (random, schedule) => {
      const { proof } = schedule;
      const content = [...contentFaults, ...(proof === "receipts" ? subtleFaults : [])].filter((one) =>
        isAsked(one, proof),
      );
      const kinds: FaultKind[] = [...transportFaults, ...content, ...content];
      const kind = pick(random, kinds);
      const times = kind === "timeout" ? 1 : upTo(random, kind === "narrow" ? 12 : 4);
      return { do: "fault", node: node(random, schedule), kind, times };
    },
  ],
  lag: [3, (random, schedule) => ({ do: "lag", node: node(random, schedule), blocks: upTo(random, 5) })],
  stick: [3, (random, schedule) => ({ do: "stick", node: node(random, schedule) })],
  heal: [4, (random, schedule) => ({ do: "heal", node: node(random, schedule) })],
  kill: [3, (random) => ({ do: "kill", slot: slot(random) })],
  "kill-at": [7, (random) => ({ do: "kill-at", slot: slot(random), point: pick(random, points) })],
  break: [
    6,
    (random) => ({
      do: "break",
      slot: slot(random),
      messages: upTo(random, random() < 0.5 ? 30 : 300),
      direction: random() < 0.5 ? "asked" : "answered",
      isDeadly: random() < 0.5,
    }),
  ],
  drop: [3, (random) => ({ do: "drop", slot: slot(random) })],
  suspend: [3, (random) => ({ do: "suspend", slot: slot(random), point: pick(random, quiet) })],
  resume: [3, (random) => ({ do: "resume", slot: slot(random) })],
  "restart-postgres": [0.2, (random) => ({ do: "restart-postgres", isCrash: random() < 0.6 })],
  read: [5, (random) => ({ do: "read", isDeep: random() < 0.4 })],
};

const total = Object.values(makers).reduce((sum, [weight]) => sum + weight, 0);

function anAct(random: Random, schedule: Schedule): Act {
  let left = random() * total;
  for (const [weight, make] of Object.values(makers)) {
    left -= weight;
    if (left < 0) return make(random, schedule);
  }
  return { do: "mine", counts: [1] };
}

/** What a seed decides. */
export function scheduleOf(seed: number): Schedule {
  const random = sequence(seed);
  // The first draws of neighbouring seeds are alike.
  for (let i = 0; i < 4; i++) random();
  const schedule: Schedule = {
    seed,
    finalityDepth: pick(random, [3, 6, 12, 40]),
    proof: random() < 0.7 ? "receipts" : "bloom",
    nodes: random() < 0.4 ? 1 : 2,
    announcesHistory: random() < 0.6,
    overlaps: random() < 0.5,
    largestRange: RANGES[seed % RANGES.length] ?? 128,
    perBlock: pick(random, [12, 24, 48]),
    acts: [],
    isBeyondFinality: random() < 0.12,
  };
  const length = 14 + Math.floor(random() * 30);
  for (let i = 0; i < length; i++) schedule.acts.push(anAct(random, schedule));
  return schedule;
}
