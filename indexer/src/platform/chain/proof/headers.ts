import { type Header, headersOf } from "../blocks.ts";
import { type Rpc, RpcError } from "../rpc.ts";

/** Headers that are asked for at once. */
const MOST_AT_ONCE = 128;
/** So many are read before their logs are; who wants a deeper finality has it when it has told so many blocks itself. */
const FARTHEST = 256;

/** Headers in a row and the newest that is known to stand on them. */
export interface Row {
  headers: Header[];
  confirmed: number;
}

/**
 * Headers, each the parent of the next, read as far ahead as finality is deep: a block is final when so many that were read
 * stand on it, whatever a node says of its height.
 */
export class Headers {
  readonly #rpc: Rpc;
  readonly #ahead: number;
  /** Never changed in place: whoever reads goes on with the row it began with. */
  #row: readonly Header[] = [];
  #newest: Header | undefined;
  #atOnce = MOST_AT_ONCE;
  #reading: Promise<unknown> = Promise.resolve();

  constructor(rpc: Rpc, finalityDepth: number) {
    this.#rpc = rpc;
    this.#ahead = Math.min(finalityDepth, FARTHEST);
  }

  /**
   * Headers from `from` on, at least one, at most up to `to`. One reading at a time.
   * @param head None above it is read.
   * @throws {RpcError} if there is none, or if what follows does not follow: all is forgotten then
   */
  between(from: number, to: number, head: number): Promise<Row> {
    const row = this.#reading.then(() => this.#between(from, to, head));
    this.#reading = row.catch(() => undefined);
    return row;
  }

  /** Takes in the newest header, which nobody has to ask for again. */
  note(newest: Header): void {
    this.#newest = newest;
  }

  /** Lets go of those up to `number`. */
  dropTo(number: number): void {
    this.#row = this.#row.filter((header) => header.number > number);
  }

  forget(): void {
    this.#row = [];
  }

  async #between(from: number, to: number, head: number): Promise<Row> {
    const begun = this.#row;
    const known = begun.filter(({ number }) => number >= from);
    // A row that begins later, or ended before, is another one.
    const row = known[0]?.number === from ? known : [];
    try {
      await this.#read(row, from, Math.min(head, to + this.#ahead));
    } catch (error) {
      // What is known goes on; the rest is asked for the next time.
      if (row.length === 0) throw error;
    }
    // Whoever has forgotten meanwhile does not want it back.
    if (this.#row === begun) this.#row = row;
    return { headers: row.filter(({ number }) => number <= to), confirmed: from + row.length - 1 };
  }

  /** Adds to `row`, which begins at `from`, what there is up to `last`. */
  async #read(row: Header[], from: number, last: number): Promise<void> {
    while (from + row.length <= last) {
      const next = from + row.length;
      const asked = Math.min(last - next + 1, this.#atOnce);
      const found = this.#newest?.number === next ? [this.#newest] : await this.#ask(next, asked);
      const [first] = found;
      if (!first) throw new RpcError("RPC_BLOCK_MISSING", `block ${next} is not known yet`);
      const before = row.at(-1);
      if (before && before.hash !== first.parentHash) {
        row.length = 0;
        throw new RpcError("RPC_UNLINKED", `block ${next} does not follow ${before.hash}`);
      }
      row.push(...found);
      if (found.length < asked) return;
    }
  }

  /** Fewer at once where a node refuses so many. @returns those that there are */
  async #ask(from: number, count: number): Promise<Header[]> {
    try {
      const found = await headersOf(this.#rpc, from, from + count - 1);
      this.#atOnce = Math.min(MOST_AT_ONCE, this.#atOnce * 2);
      return found.filter((header) => header !== undefined);
    } catch (error) {
      this.#atOnce = Math.max(1, count >> 1);
      throw error;
    }
  }
}
