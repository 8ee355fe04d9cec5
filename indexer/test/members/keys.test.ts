import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blindIndex, blindIndexes } from "../../src/platform/crypto/blind-index.ts";
import {
  freshKeys,
  LocalKeyProvider,
  readKeys,
  withNewVersion,
  writeKeys,
} from "../../src/platform/crypto/keys/local.ts";
import {
  type KeyContext,
  type KeyProvider,
  KeyRefused,
  KeysUnavailable,
} from "../../src/platform/crypto/keys/provider.ts";
import { TransitKeyProvider } from "../../src/platform/crypto/keys/vault-transit.ts";
import { startTransit__Fake } from "./transit.ts";

const context: KeyContext = { memberId: "m1", purpose: "profile", version: "1" };
const TOKEN = "token-of-a-test";

interface Subject {
  keys(): KeyProvider;
  rotate(which: "wrap" | "index"): void;
}

let transit: Awaited<ReturnType<typeof startTransit__Fake>>;
const settings = () => ({ url: transit.url, token: TOKEN, mount: "transit", wrapKey: "members", indexKey: "index" });

let local = freshKeys();
const subjects: [string, Subject][] = [
  [
    "local keys",
    { keys: () => new LocalKeyProvider(local), rotate: (which) => (local = withNewVersion(local, which)) },
  ],
  [
    "the transit engine",
    {
      keys: () => new TransitKeyProvider(settings()),
      rotate: (which) => transit.rotate(which === "wrap" ? "members" : "index"),
    },
  ],
];

beforeAll(async () => {
  transit = await startTransit__Fake(TOKEN);
});
afterAll(() => transit.stop());

describe.each(subjects)("%s", (_name, subject) => {
  it("give back the key that they wrapped", async () => {
    const key = randomBytes(32);
    const wrapped = await subject.keys().wrap(key, context);
    expect(wrapped.bytes.includes(key)).toBe(false);
    expect(await subject.keys().unwrap(wrapped, context)).toEqual(key);
  });

  it.each(["memberId", "purpose", "version"] as const)("give it back for no other %s", async (part) => {
    const wrapped = await subject.keys().wrap(randomBytes(32), context);
    await expect(subject.keys().unwrap(wrapped, { ...context, [part]: "2" })).rejects.toThrow(KeyRefused);
  });

  it("refuse what another provider wrapped", async () => {
    const wrapped = await subject.keys().wrap(randomBytes(32), context);
    await expect(subject.keys().unwrap({ ...wrapped, kekRef: "other" }, context)).rejects.toThrow(KeyRefused);
  });

  it("rewrap under the newest version, and still open what is old", async () => {
    const key = randomBytes(32);
    const wrapped = await subject.keys().wrap(key, context);
    subject.rotate("wrap");
    const renewed = await subject.keys().rewrap(wrapped, context);
    expect(renewed.kekVersion).toBe(wrapped.kekVersion + 1);
    expect(renewed.kekVersion).toBe(await subject.keys().currentVersion());
    expect(await subject.keys().unwrap(renewed, context)).toEqual(key);
    expect(await subject.keys().unwrap(wrapped, context)).toEqual(key);
  });

  it("index two ways to write one value alike, and kinds apart", async () => {
    const keys = subject.keys();
    const one = await blindIndex(keys, "email", " Kim@Example.com ");
    expect(await blindIndex(keys, "email", "kim@example.com")).toEqual(one);
    expect((await blindIndex(keys, "person", "kim@example.com")).hmac).not.toEqual(one.hmac);
  });

  it("find a value that was indexed before the index key rotated", async () => {
    const before = await blindIndex(subject.keys(), "email", "kim@example.com");
    subject.rotate("index");
    const found = await blindIndexes(subject.keys(), "email", "kim@example.com");
    expect(found).toHaveLength(2);
    expect(found).toContainEqual(before);
  });
});

describe("the transit engine", () => {
  it("that is down is told from one that refuses", async () => {
    transit.setDown(true);
    await expect(new TransitKeyProvider(settings()).health()).rejects.toThrow(KeysUnavailable);
    transit.setDown(false);
    await expect(new TransitKeyProvider({ ...settings(), token: "wrong" }).health()).rejects.toThrow(KeyRefused);
  });
});

describe("a key file", () => {
  const path = join(mkdtempSync(join(tmpdir(), "tburn-keys-")), "keys.json");

  it("is read as it was written, and never written over", () => {
    const keys = freshKeys();
    writeKeys(path, keys);
    expect(readKeys(path)).toEqual(keys);
    expect(() => writeKeys(path)).toThrow(/EEXIST/);
  });

  it.skipIf(process.platform === "win32")("that others can read is refused", () => {
    chmodSync(path, 0o644);
    expect(() => readKeys(path)).toThrow(expect.objectContaining({ code: "KEYS_EXPOSED" }));
  });
});
