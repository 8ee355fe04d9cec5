/** The address whose balance `Mutant.sol` reads. */
const MARKER = "0x4d7574616e744d7574616e744d7574616e744d75";
const REACH = 0xffffffffffffffffn;

/** What a stage needs of a connection. */
interface Network {
  provider: { request(call: { method: string; params: unknown[] }): Promise<unknown> };
  networkHelpers: object;
}

type Fixture = () => Promise<unknown>;

interface Held {
  fixture: Fixture;
  snapshot: unknown;
  data: unknown;
  /** The mutant that ran meanwhile; 0 if the fixture meets none, so that its chain serves everyone. */
  under: number;
}

/** The simulated network of a worker: which mutant runs on it, and the chains of fixtures that can be used again. */
export class Stage {
  /** Places reported since the last clearing, when nothing is mutated but reported. */
  readonly heard = new Set<number>();
  /** Places that a fixture runs through, by file and name. */
  readonly fixtures = new Map<string, number[]>();
  #connection: Network | undefined;
  #pristine: unknown;
  #held: Held[] = [];
  #file = "";
  #mutant: number | "reach" = 0;
  #place = 0;

  /** Takes over a fresh network, and the fixtures of its helpers. */
  async set(connection: Network): Promise<void> {
    if (this.#connection) throw new Error("the tests made a second network");
    this.#connection = connection;
    Object.defineProperty(connection.networkHelpers, "loadFixture", { value: (one: Fixture) => this.#given(one) });
    this.#pristine = await this.#ask("evm_snapshot");
    await this.#mark();
  }

  /** Switches to `mutant` (0 is none), which stands at `place`. */
  async begin(mutant: number | "reach", place: number): Promise<void> {
    this.#mutant = mutant;
    this.#place = place;
    if (!this.#connection) return;
    const stale = this.#held.findIndex(({ under }) => under !== 0);
    if (stale >= 0) this.#held.splice(stale);
    await this.#mark();
  }

  /** Says which test file runs now. */
  enter(file: string): void {
    this.#file = file;
  }

  /** Places that the fixtures of `file` run through. */
  fixturesOf(file: string): [key: string, places: number[]][] {
    return [...this.fixtures].filter(([key]) => key.startsWith(`${file} `));
  }

  hear(tags: string[]): void {
    for (const tag of tags) this.heard.add(Number(`0x${tag}`));
  }

  async #ask(method: string, params: unknown[] = []): Promise<unknown> {
    return this.#connection?.provider.request({ method, params });
  }

  async #mark(): Promise<void> {
    const balance = this.#mutant === "reach" ? REACH : BigInt(this.#mutant);
    await this.#ask("hardhat_setBalance", [MARKER, `0x${balance.toString(16)}`]);
  }

  /** As the helpers' `loadFixture`, but each fixture begins on a fresh chain. */
  async #given(fixture: Fixture): Promise<unknown> {
    const key = `${this.#file} ${fixture.name}`;
    const at = this.#held.findIndex((one) => one.fixture === fixture);
    const known = this.#held[at];
    if (known) {
      await this.#ask("evm_revert", [known.snapshot]);
      this.#held.splice(at + 1);
      known.snapshot = await this.#ask("evm_snapshot");
      await this.#mark();
      this.#remember(key, known.fixture);
      return known.data;
    }
    await this.#ask("evm_revert", [this.#pristine]);
    this.#pristine = await this.#ask("evm_snapshot");
    this.#held = [];
    await this.#mark();
    const before = new Set(this.heard);
    this.heard.clear();
    const data = await fixture();
    this.#lists.set(fixture, [...this.heard]);
    this.#remember(key, fixture);
    for (const site of before) this.heard.add(site);
    const isClean = typeof this.#mutant === "number" && !this.fixtures.get(key)?.includes(this.#place);
    const under = isClean ? 0 : Number(this.#mutant) || -1;
    this.#held.push({ fixture, data, under, snapshot: await this.#ask("evm_snapshot") });
    return data;
  }

  readonly #lists = new Map<Fixture, number[]>();

  #remember(key: string, fixture: Fixture): void {
    if (this.#mutant !== "reach") return;
    const sites = this.#lists.get(fixture) ?? [];
    this.fixtures.set(key, sites);
    for (const site of sites) this.heard.add(site);
  }
}
