import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { KeyDestroyed } from "../../src/domains/vault/errors.ts";
import { Vault } from "../../src/domains/vault/service.ts";
import { SealBroken } from "../../src/platform/crypto/envelope.ts";
import { freshKeys, LocalKeyProvider, type LocalKeys, withNewVersion } from "../../src/platform/crypto/keys/local.ts";
import type { Purpose } from "../../src/platform/crypto/seals.ts";
import { freshDatabase, type TestDatabase } from "../harness/database.ts";

let database: TestDatabase;
let keys: LocalKeys;
beforeAll(async () => {
  database = await freshDatabase(inject("postgres"), undefined, "keyvault");
  keys = freshKeys();
});
afterAll(() => database?.drop());

const vaultOf = (held = keys) => new Vault(database.pool, new LocalKeyProvider(held));
const emailOf = (memberId: string) => ({ table: "member_pii", column: "email", memberId, rowId: memberId });

async function versions(): Promise<number[]> {
  const { rows } = await database.pool.query<{ kek_version: number }>(
    "select distinct kek_version from keyvault.member_keys where destroyed_at is null order by 1",
  );
  return rows.map((row) => row.kek_version);
}

describe("the vault", () => {
  it("opens in another process what it sealed", async () => {
    const place = emailOf(randomUUID());
    const sealed = await vaultOf().seal("profile", place, "kim@example.com");
    expect(sealed.includes("kim@example.com")).toBe(false);
    expect(await vaultOf().open("profile", place, sealed)).toBe("kim@example.com");
  });

  it("makes one key for a member, however many values come first at once", async () => {
    const memberId = randomUUID();
    const vaults = Array.from({ length: 8 }, () => vaultOf());
    const sealed = await Promise.all(vaults.map((vault, i) => vault.seal("profile", emailOf(memberId), `v${i}`)));
    const read = await Promise.all(sealed.map((bytes) => vaultOf().open("profile", emailOf(memberId), bytes)));
    expect(read).toEqual(sealed.map((_, i) => `v${i}`));
  });

  it("gives no member what was sealed for another, even moved by hand in the database", async () => {
    const [one, other] = [emailOf(randomUUID()), emailOf(randomUUID())];
    const vault = vaultOf();
    const sealed = await vault.seal("profile", one, "kim@example.com");
    await vault.seal("profile", other, "lee@example.com");
    await expect(vault.open("profile", other, sealed)).rejects.toThrow(SealBroken);
  });

  it("reads nothing any more once the key is destroyed, in no process, and writes nothing", async () => {
    const place = emailOf(randomUUID());
    const [vault, elsewhere] = [vaultOf(), vaultOf()];
    const sealed = await vault.seal("profile", place, "kim@example.com");
    await vault.destroy(place.memberId, "profile");
    for (const reader of [vault, elsewhere]) {
      await expect(reader.open("profile", place, sealed)).rejects.toThrow(KeyDestroyed);
      await expect(reader.seal("profile", place, "again")).rejects.toThrow(KeyDestroyed);
    }
  });

  it("keeps what the law wants kept when a profile is erased", async () => {
    const place = emailOf(randomUUID());
    const vault = vaultOf();
    const sealed: Record<Purpose, Buffer> = {
      profile: await vault.seal("profile", place, "a"),
      aml_hold: await vault.seal("aml_hold", place, "b"),
    };
    await vault.destroy(place.memberId, "profile");
    expect(await vault.open("aml_hold", place, sealed.aml_hold)).toBe("b");
  });

  it("forgets a key in memory after a minute, so that another process's erasure is felt", async () => {
    const place = emailOf(randomUUID());
    let now = 0;
    const vault = new Vault(database.pool, new LocalKeyProvider(keys), () => now);
    const sealed = await vault.seal("profile", place, "a");
    await vaultOf().destroy(place.memberId, "profile");
    expect(await vault.open("profile", place, sealed)).toBe("a");
    now = 60_001;
    await expect(vault.open("profile", place, sealed)).rejects.toThrow(KeyDestroyed);
  });
});

describe("a rotation of the key-encryption key", () => {
  it("leaves nothing under the old version and everything readable, with writers at work", async () => {
    const places = Array.from({ length: 450 }, () => emailOf(randomUUID()));
    const before = await Promise.all(places.map((place) => vaultOf().seal("profile", place, place.memberId)));
    keys = withNewVersion(keys, "wrap");
    const late = emailOf(randomUUID());
    const [, sealed] = await Promise.all([vaultOf().rotate(), vaultOf().seal("profile", late, "late")]);
    await vaultOf().rotate();
    expect(await versions()).toEqual([2]);
    const retired = { ...keys, wrap: { "2": keys.wrap["2"] ?? "" } };
    for (const [i, bytes] of before.entries()) {
      const place = places[i] ?? late;
      expect(await vaultOf(retired).open("profile", place, bytes)).toBe(place.memberId);
    }
    expect(await vaultOf(retired).open("profile", late, sealed)).toBe("late");
  });

  it("goes on where it was stopped", async () => {
    keys = withNewVersion(keys, "wrap");
    const stop = new Error("stopped");
    const stopping = vaultOf().rotate((done) => {
      if (done >= 200) throw stop;
    });
    await expect(stopping).rejects.toBe(stop);
    expect(await versions()).toEqual([2, 3]);
    expect(await vaultOf().rotate()).toBeGreaterThan(0);
    expect(await versions()).toEqual([3]);
    expect(await vaultOf().rotate()).toBe(0);
  });
});
