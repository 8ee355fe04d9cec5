import type { Refusal } from "./refusal.ts";

/** Where a member's action stands. The first six follow each other; the others are ends. */
export type State =
  | "preflight"
  | "sign"
  | "waiting"
  | "broadcast"
  | "in-block"
  | "indexed"
  | "final"
  | "rejected"
  | "would-revert"
  | "reverted"
  | "repriced"
  | "cancelled"
  | "replaced"
  | "dropped";

interface BlockRef {
  number: number;
  hash: string;
}

interface Content {
  to: string;
  data: string;
}

/** What was found in the receipt, so that screens need not wait for the indexer. */
export interface Found {
  positions: string[];
  requests: string[];
}

/** One action of a member, from the first check to finality. Kept as JSON. */
export interface Entry {
  id: string;
  action: string;
  /** Values for its title, ready to show. */
  values: Record<string, string>;
  state: State;
  path: { state: State; at: number }[];
  hash?: string;
  /** EIP-5792 bundle at the wallet. */
  callsId?: string;
  nonce?: number;
  /** What it says, to tell a raised fee from another transaction. */
  content?: Content;
  /** Head when it was sent; a replacement is searched from here. */
  sentAt?: number;
  block?: BlockRef;
  refusal?: Refusal;
  found?: Found;
  /** Its block vanished at least once. */
  wasReorged?: boolean;
  /** Hash of what took its place. */
  successor?: string;
  isDismissed?: boolean;
}

export type Happening =
  | { type: "checked" }
  | { type: "refused"; refusal: Refusal }
  | { type: "declined" }
  | { type: "sent"; hash: string; sentAt: number; nonce?: number; content?: Content }
  | { type: "handed-over"; callsId: string; sentAt: number }
  | { type: "seen"; nonce: number; content?: Content }
  | { type: "included"; block: BlockRef; found?: Found; hash?: string }
  | { type: "reverted"; block: BlockRef; refusal: Refusal; hash?: string }
  | { type: "taken"; by: "repriced" | "cancelled" | "replaced"; successor: string }
  | { type: "dropped" }
  | { type: "vanished" }
  | { type: "indexed" }
  | { type: "final" };

type Type = Happening["type"];

/** What may happen in which state; anything else is ignored, so that late news does no harm. */
const allowed: Record<State, readonly Type[]> = {
  preflight: ["checked", "refused", "declined"],
  sign: ["sent", "handed-over", "refused", "declined"],
  waiting: ["included", "reverted", "declined", "dropped"],
  broadcast: ["seen", "included", "reverted", "taken", "dropped"],
  "in-block": ["included", "indexed", "final", "reverted", "vanished"],
  indexed: ["included", "final", "reverted", "vanished"],
  reverted: ["vanished"],
  final: [],
  rejected: [],
  "would-revert": [],
  repriced: [],
  cancelled: [],
  replaced: [],
  dropped: ["included"],
};

function change(entry: Entry, happening: Happening): Partial<Entry> & { state: State } {
  switch (happening.type) {
    case "checked":
      return { state: "sign" };
    case "refused":
      return { state: "would-revert", refusal: happening.refusal };
    case "declined":
      return { state: "rejected" };
    case "sent": {
      const { hash, sentAt, nonce, content } = happening;
      return { state: "broadcast", hash, sentAt, nonce, content };
    }
    case "handed-over":
      return { state: "waiting", callsId: happening.callsId, sentAt: happening.sentAt };
    case "seen":
      return { state: entry.state, nonce: happening.nonce, content: entry.content ?? happening.content };
    case "included": {
      const { block, found = entry.found, hash = entry.hash } = happening;
      return { state: "in-block", block, found, hash };
    }
    case "reverted":
      return {
        state: "reverted",
        block: happening.block,
        refusal: happening.refusal,
        hash: happening.hash ?? entry.hash,
      };
    case "taken":
      return { state: happening.by, successor: happening.successor };
    case "vanished":
      return { state: "broadcast", block: undefined, refusal: undefined, found: undefined, wasReorged: true };
    case "dropped":
    case "indexed":
    case "final":
      return { state: happening.type };
  }
}

/** The entry after `happening` at time `at` (milliseconds); the same entry if that cannot happen to it. */
export function advance(entry: Entry, happening: Happening, at: number): Entry {
  if (!allowed[entry.state].includes(happening.type)) return entry;
  const changed = { ...entry, ...change(entry, happening) };
  if (changed.state !== entry.state) {
    changed.path = [...entry.path, { state: changed.state, at }];
    changed.isDismissed = undefined;
  }
  return changed;
}

const running: readonly State[] = ["preflight", "sign", "waiting", "broadcast", "in-block", "indexed"];
const failed: readonly State[] = ["would-revert", "reverted", "dropped"];

export const isRunning = ({ state }: Entry) => running.includes(state);
export const isFailed = ({ state }: Entry) => failed.includes(state);
/** Stays in the tray until final or dismissed. */
export const isInTray = (entry: Entry) => entry.state !== "final" && !entry.isDismissed;
