import { answersTold } from "../../telemetry/metrics.ts";
import { Shelf, type Told } from "./shelf.ts";
import { Witness } from "./witness.ts";

/** Questions remembered as such that stand on more than the mirror. */
const MOST_OWN = 10_000;

/** Makes an answer anew. @param witness Sees what it is made of. */
type Make = (witness: Witness) => Promise<Told>;

interface Flight {
  /** The state that the answer is of; undefined if it is for its asker alone. */
  stamp: string | undefined;
  told: Told;
}

/**
 * Answers of the mirror alone, kept until it moves. Before one is told again the database says that it still stands, by a
 * question that left after the asker's came: no answer is older than one that would have been read. Whoever asks at the
 * same time shares that question, and equal questions are answered once.
 */
export class Answers {
  readonly #shelf: Shelf;
  readonly #readStamp: () => Promise<string | undefined>;
  readonly #flights = new Map<string, Promise<Flight>>();
  readonly #own = new Set<string>();
  #asking: Promise<string | undefined> | undefined;
  #next: Promise<string | undefined> | undefined;

  /** @param readStamp Reads the newest state, where answers are read. */
  constructor(maxBytes: number, readStamp: () => Promise<string | undefined>) {
    this.#shelf = new Shelf(maxBytes);
    this.#readStamp = readStamp;
  }

  /** Answers a question of somebody whom nothing tells from anybody else. @param question All that the answer depends on. */
  async of(question: string, make: Make): Promise<Told> {
    if (this.#own.has(question)) return this.#made(make);
    const stamp = await this.#newest();
    const kept = stamp === undefined ? undefined : this.#shelf.find(question, stamp);
    if (kept) {
      answersTold.inc({ how: "kept" });
      return kept;
    }
    const flight = this.#flights.get(question);
    if (!flight) return (await this.#fly(question, make)).told;
    const shared = await flight.catch(() => undefined);
    // One that began before a commit may be older than what this asker has heard of.
    if (!shared || shared.stamp === undefined || shared.stamp !== stamp) return this.#made(make);
    answersTold.inc({ how: "shared" });
    return shared.told;
  }

  /** The mirror has moved: nothing that is kept will be told again. */
  drop(): void {
    this.#shelf.clear();
    this.#own.clear();
  }

  /** Bytes that answers take. */
  get bytes(): number {
    return this.#shelf.bytes;
  }

  #made(make: Make): Promise<Told> {
    answersTold.inc({ how: "made" });
    const witness = new Witness();
    witness.spoil();
    return make(witness);
  }

  #fly(question: string, make: Make): Promise<Flight> {
    answersTold.inc({ how: "made" });
    const fly = async (): Promise<Flight> => {
      const witness = new Witness();
      const told = await make(witness);
      const stamp = await witness.stamp();
      if (witness.isOwn) this.#remember(question);
      else if (stamp !== undefined) this.#shelf.keep(question, stamp, told);
      return { stamp, told };
    };
    const flight = fly().finally(() => this.#flights.delete(question));
    this.#flights.set(question, flight);
    return flight;
  }

  #remember(question: string): void {
    if (this.#own.size >= MOST_OWN) this.#own.clear();
    this.#own.add(question);
  }

  /** The newest state, by a question that has not left yet; undefined if there is none, or it cannot be known. */
  #newest(): Promise<string | undefined> {
    if (!this.#asking) return this.#ask();
    this.#next ??= this.#asking.then(() => {
      this.#next = undefined;
      return this.#ask();
    });
    return this.#next;
  }

  #ask(): Promise<string | undefined> {
    const asked = this.#readStamp()
      .catch(() => undefined)
      .finally(() => {
        if (this.#asking === asked) this.#asking = undefined;
      });
    this.#asking = asked;
    return asked;
  }
}
