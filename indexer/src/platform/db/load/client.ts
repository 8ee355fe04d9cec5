import type { Socket } from "node:net";
import pg from "pg";
import type { Plans } from "./plans.ts";

/** @param plans Keeps plans of what is asked often; absent, each statement is planned anew. */
export const clientWith = (plans: Plans | undefined): typeof pg.Client =>
  class extends pg.Client {
    #isGathering = false;

    override query(...args: unknown[]): never {
      this.#gather();
      const [text, values, ...rest] = args;
      const name = typeof text === "string" && Array.isArray(values) ? plans?.nameOf(text) : undefined;
      const query = super.query as (...all: unknown[]) => never;
      return name === undefined ? query.apply(this, args) : query.call(this, { name, text, values }, ...rest);
    }

    /** Lets what is asked in one turn of the event loop leave in one write: each write wakes the server up. */
    #gather(): void {
      if (this.#isGathering) return;
      this.#isGathering = true;
      const { stream } = (this as unknown as { connection: { stream: Socket } }).connection;
      stream.cork();
      setImmediate(() => {
        this.#isGathering = false;
        stream.uncork();
      });
    }
  };
