import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { blindIndex } from "../../src/platform/crypto/blind-index.ts";
import { LocalKeyProvider, readKeys } from "../../src/platform/crypto/keys/local.ts";
import { statementsOf } from "../harness/api.ts";
import { type Applicants, addressOf, startApplicants } from "./applicant.ts";

let quiet: Applicants;
beforeAll(async () => {
  // A worker in this process would ask the database, too.
  quiet = await startApplicants({ worker: false });
});
afterAll(() => quiet?.stop());

it("asks the database the same for an address that a member has as for any other, so that time tells nothing", async () => {
  const owned = addressOf("owned");
  const keys = new LocalKeyProvider(readKeys(quiet.settings.KEYS_FILE ?? ""));
  const { kind, hmac, keyVersion } = await blindIndex(keys, "email", owned);
  const index = [kind, hmac, keyVersion, randomUUID()];
  await quiet.database.pool.query("insert into app.blind_indexes values ($1, $2, $3, $4)", index);
  const asked: string[][] = [];
  for (const address of [owned, addressOf("unknown")]) {
    const one = await quiet.applicant();
    asked.push(await statementsOf(() => one.register(address)));
  }
  expect(asked[0]?.length).toBeGreaterThan(10);
  expect(asked[0]).toEqual(asked[1]);
});
