import { parseEther } from "ethers";
import { expect, inject, it } from "vitest";
import { digest } from "../src/platform/db/tables.ts";
import { startTestChain } from "./harness/chain.ts";
import { freshDatabase } from "./harness/database.ts";
import { catchUp, engine, freshDigest } from "./harness/engine.ts";

it("smokes", async () => {
  const t0 = performance.now();
  const chain = await startTestChain();
  console.log("chain", performance.now() - t0, await chain.height());
  const db = await freshDatabase(inject("postgres"));
  console.log("db", performance.now() - t0);
  const { sync } = await engine(db.pool, { urls: [chain.url], record: chain.record });
  await catchUp(sync);
  console.log("caught up", performance.now() - t0);
  await chain.act(4, "StakingCore", "delegate", [1, parseEther("500"), 0n]);
  await catchUp(sync);
  const t1 = performance.now();
  const fresh = await freshDigest(inject("postgres"), chain.url, chain.record);
  console.log("fresh", performance.now() - t1);
  expect(await digest(db.pool)).toEqual(fresh);
  await db.drop();
  await chain.stop();
});
