import { randomUUID } from "node:crypto";
import { privateKeyToAccount } from "viem/accounts";
import { expect } from "vitest";
import { localWallet } from "../../../../scripts/local/chain.ts";
import type { Role } from "../../../src/platform/access/actor.ts";
import { address } from "../../harness/chain.ts";
import { catchUp, engine } from "../../harness/engine.ts";
import { type People, startPeople, type Wanted } from "../people.ts";

/** Blocks until nothing takes one back. */
const FINALITY = 3;

export interface Step {
  name: string;
  to: string;
  data: string;
}

/** An intent as REST tells it. */
export interface Intent extends Step {
  id: string;
  kind: string;
  state: string;
  chainId: number;
  account: string | null;
  value: string;
  steps: Step[];
  expiresAt: string;
  transactionHash: string | null;
  block: { number: number; hash: string; isFinal: boolean } | null;
  notices: { code: string }[];
}

interface GraphAnswer {
  data?: Record<string, unknown> | null;
  errors?: { extensions: { code: string } }[];
}

/** Somebody of the chain's cast who has signed in. */
export class Signer {
  readonly memberId: string;
  readonly index: number;
  readonly #people: People;
  readonly #token: string;
  readonly #page: ReturnType<People["browser"]>;

  constructor(people: People, index: number, pair: { memberId: string; accessToken: string }, page: Signer["page"]) {
    this.#people = people;
    this.index = index;
    this.memberId = pair.memberId;
    this.#token = pair.accessToken;
    this.#page = page;
  }

  get page() {
    return this.#page;
  }

  get token() {
    return this.#token;
  }

  /** Path of the member's own. */
  own(path: string): string {
    return `/api/v1/members/${this.memberId}/${path}`;
  }

  ask(method: string, path: string, body?: unknown, key: string | null = randomUUID()): Promise<Response> {
    const headers = { authorization: `Bearer ${this.#token}`, ...(key !== null && { "idempotency-key": key }) };
    return this.#page.send(method, path, body, headers);
  }

  async must<T>(method: string, path: string, body?: unknown, status?: number): Promise<T> {
    const response = await this.ask(method, path, body);
    if (!response.ok || (status !== undefined && response.status !== status)) {
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    }
    return (await response.json()) as T;
  }

  /** Has an act of the member's prepared. */
  prepared(path: string, body: unknown): Promise<Intent> {
    return this.must("POST", this.own(path), body, 201);
  }

  async graph(query: string, variables: object = {}): Promise<GraphAnswer> {
    const body = JSON.stringify({ query, variables: { key: randomUUID(), me: this.memberId, ...variables } });
    const response = await this.#people.api.post(body, { authorization: `Bearer ${this.#token}` });
    return (await response.json()) as GraphAnswer;
  }

  /** The data of the first field of a mutation that answers with an intent. */
  async graphData(query: string, variables: object = {}): Promise<string> {
    const { data, errors } = await this.graph(query, variables);
    if (errors || !data) throw new Error(JSON.stringify(errors));
    return (Object.values(data)[0] as { data: string }).data;
  }

  async intent(id: string): Promise<Intent> {
    return this.must("GET", `/api/v1/tx-intents/${id}`);
  }

  /** Signs all steps in their order, as a wallet would. @returns the hash of the act */
  async sign({ steps }: { steps: Step[] }, index = this.index): Promise<string> {
    let hash = "";
    for (const { to, data } of steps) {
      hash = await this.#people.chain.rpc<string>("eth_sendTransaction", [
        { from: address(index), to, data, gas: "0x2dc6c0" },
      ]);
      const { status } = await this.#people.chain.mined(hash);
      if (status !== "0x1") throw new Error("the chain refused what was prepared");
    }
    return hash;
  }
}

/** The API over a chain with members, and a mirror that follows on request. */
export async function startIntents(wanted: Pick<Wanted, "settings" | "server"> = {}) {
  const people = await startPeople(wanted);
  const { chain, database } = people;
  const { sync } = await engine(database.pool, {
    urls: [chain.url],
    record: chain.record,
    finalityDepth: FINALITY,
  });
  const follow = () => catchUp(sync);
  await chain.mine(FINALITY);
  await follow();

  async function signer(index: number, ...roles: Role[]): Promise<Signer> {
    await people.forgetVisits();
    const page = people.browser();
    const pair = await page.signIn(privateKeyToAccount(localWallet(index).privateKey as `0x${string}`));
    await database.pool.query("delete from app.staff_roles where member_id = $1", [pair.memberId]);
    for (const role of roles) await people.appoint(pair.memberId, role);
    const one = new Signer(people, index, pair, page);
    await steppedUp(one);
    return one;
  }
  const steppedUp = ({ memberId }: Signer) =>
    database.pool.query("update app.sessions set stepped_up_at = now() where member_id = $1", [memberId]);

  return {
    ...people,
    follow,
    signer,
    /** Mines until what was sent is final, and follows. */
    finalise: async () => {
      await chain.mine(FINALITY);
      await follow();
    },
    /** What becomes of an intent that its wallet signs. */
    confirmed: async (one: Signer, intent: Intent, index = one.index): Promise<Intent> => {
      const hash = await one.sign(intent, index);
      await follow();
      await chain.mine(FINALITY);
      await follow();
      const now = await one.intent(intent.id);
      expect(now).toMatchObject({ state: "CONFIRMED", transactionHash: hash, block: { isFinal: true } });
      return now;
    },
  };
}

export type Intents = Awaited<ReturnType<typeof startIntents>>;
