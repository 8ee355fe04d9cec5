import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { renew } from "./renew.ts";

const BLOCK_MS = 1_000;

/** A page that shows the newest block, on a line that takes `answerMs` to tell it. */
function page(answerMs: number) {
  const chain = { block: 0 };
  const queries = new QueryClient();
  const queryFn = async () => {
    const { block } = chain;
    await new Promise((resolve) => setTimeout(resolve, answerMs));
    return block;
  };
  const observer = new QueryObserver(queries, { queryKey: ["chain", "block"], queryFn });
  const leave = observer.subscribe(() => undefined);
  const pass = async (blocks: number) => {
    for (let n = 0; n < blocks; n++) {
      await vi.advanceTimersByTimeAsync(BLOCK_MS);
      chain.block++;
      renew(queries, "chain");
    }
  };
  return { chain, pass, leave, shown: () => observer.getCurrentResult().data };
}

describe("renew", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("shows what is new although answers take longer than blocks", async () => {
    const { pass, shown, leave } = page(2.5 * BLOCK_MS);
    await pass(20);
    expect(shown()).toBeGreaterThan(10);
    leave();
  });

  it("ends with the newest answer", async () => {
    const { chain, pass, shown, leave } = page(2.5 * BLOCK_MS);
    await pass(7);
    await vi.advanceTimersByTimeAsync(10 * BLOCK_MS);
    expect(shown()).toBe(chain.block);
    leave();
  });

  it("does not wait for ever for an answer that never comes", async () => {
    const queries = new QueryClient();
    let asked = 0;
    const queryFn = async () => {
      asked++;
      if (asked > 1) await new Promise(() => undefined);
      return asked;
    };
    const leave = new QueryObserver(queries, { queryKey: ["chain", "silent"], queryFn }).subscribe(() => undefined);
    await vi.advanceTimersByTimeAsync(0);
    renew(queries, "chain");
    renew(queries, "chain");
    expect(asked).toBe(2);
    await vi.advanceTimersByTimeAsync(12 * BLOCK_MS);
    expect(asked).toBe(3);
    leave();
  });
});
