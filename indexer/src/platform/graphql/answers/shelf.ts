/** An answer as it goes over the wire. */
export interface Told {
  status: number;
  type: string;
  body: Buffer;
}

interface Kept {
  stamp: string;
  told: Told;
  bytes: number;
}

/** What an entry takes beside its texts. */
const ENTRY_BYTES = 300;

/** Answers by their question, bounded in bytes: the one that nobody has asked for longest goes first. */
export class Shelf {
  readonly #maxBytes: number;
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** What was told of `question` in the state of `stamp`. */
  find(question: string, stamp: string): Told | undefined {
    const kept = this.#kept.get(question);
    if (kept?.stamp !== stamp) return undefined;
    this.#kept.delete(question);
    this.#kept.set(question, kept);
    return kept.told;
  }

  /** Keeps an answer in place of what was kept of the same question; one that would take a tenth of all room is not kept. */
  keep(question: string, stamp: string, told: Told): void {
    this.#forget(question);
    const bytes = ENTRY_BYTES + 2 * question.length + told.body.length;
    if (bytes > this.#maxBytes / 10) return;
    this.#kept.set(question, { stamp, told, bytes });
    this.#bytes += bytes;
    for (const [oldest] of this.#kept) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#forget(oldest);
    }
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }

  #forget(question: string): void {
    this.#bytes -= this.#kept.get(question)?.bytes ?? 0;
    this.#kept.delete(question);
  }
}
