import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blindIndex, blindIndexes } from "../../../src/platform/crypto/blind-index.ts";
import { AwsKeyProvider } from "../../../src/platform/crypto/keys/aws-kms.ts";
import {
  freshKeys,
  LocalKeyProvider,
  readKeys,
  withNewVersion,
  writeKeys,
} from "../../../src/platform/crypto/keys/local.ts";
import { Pkcs11KeyProvider } from "../../../src/platform/crypto/keys/pkcs11.ts";
import {
  type KeyContext,
  type KeyProvider,
  KeyRefused,
  KeysUnavailable,
} from "../../../src/platform/crypto/keys/provider.ts";
import { signed } from "../../../src/platform/crypto/keys/sigv4.ts";
import { TransitKeyProvider } from "../../../src/platform/crypto/keys/vault-transit.ts";
import { startKms__Fake } from "./kms.ts";
import { openToken } from "./token.ts";
import { startTransit__Fake } from "./transit.ts";

const context: KeyContext = { memberId: "m1", purpose: "profile", version: "1" };
const TOKEN = "token-of-a-test";

interface Subject {
  keys(): KeyProvider;
  rotate(which: "wrap" | "index"): void;
}

let transit: Awaited<ReturnType<typeof startTransit__Fake>>;
const settings = () => ({ url: transit.url, token: TOKEN, mount: "transit", wrapKey: "members", indexKey: "index" });

let kms: Awaited<ReturnType<typeof startKms__Fake>>;
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const kmsKeys = { wrapKeys: ["wrap-1"], indexKeys: ["index-1"] };
const region = "eu-central-1";
const kmsOf = (more: Partial<ConstructorParameters<typeof AwsKeyProvider>[0]> = {}) =>
  new AwsKeyProvider({ region, url: kms.url, credentials, ...kmsKeys, ...more });

/** A real token, where a run names one: see docs/decisions/0025. */
const given = process.env.PKCS11_TEST;
const token = given === undefined ? undefined : openToken(JSON.parse(given) as Parameters<typeof openToken>[0]);

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
  [
    "KMS",
    {
      keys: () => kmsOf(),
      rotate: (which) => {
        const keys = which === "wrap" ? kmsKeys.wrapKeys : kmsKeys.indexKeys;
        keys.push(`${which}-${keys.length + 1}`);
      },
    },
  ],
];
if (token) {
  const keys = new Pkcs11KeyProvider(token.settings);
  subjects.push(["a token", { keys: () => keys, rotate: token.add }]);
}

beforeAll(async () => {
  kms = await startKms__Fake(credentials, region);
  transit = await startTransit__Fake(TOKEN);
});
afterAll(async () => {
  await transit.stop();
  await kms.stop();
});

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

describe("KMS", () => {
  it("that is down or throttles is told from one that refuses", async () => {
    for (const trouble of ["down", "throttling"] as const) {
      kms.setTrouble(trouble);
      await expect(kmsOf().health()).rejects.toThrow(KeysUnavailable);
    }
    kms.setTrouble(undefined);
    await kmsOf().health();
    await expect(kmsOf({ wrapKeys: ["nobody's"] }).health()).rejects.toThrow(KeyRefused);
  });

  it("takes no request that another secret, region or session signed", async () => {
    const stolen = { ...credentials, secretAccessKey: "another" };
    await expect(kmsOf({ credentials: stolen }).health()).rejects.toThrow(/InvalidSignature/);
    await expect(kmsOf({ region: "us-east-1" }).health()).rejects.toThrow(/InvalidSignature/);
    await kmsOf({ credentials: { ...credentials, sessionToken: "of an hour" } }).health();
  });

  it("is asked with signatures like those that AWS publishes for tests", () => {
    const url = new URL("https://example.amazonaws.com/");
    const scope = { region: "us-east-1", service: "service", now: new Date("2015-08-30T12:36:00Z") };
    const { authorization } = signed({ method: "POST", url, headers: {}, body: "" }, credentials, scope);
    expect(authorization).toBe(
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, " +
        "Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    );
  });
});

describe.skipIf(!token)("a token", () => {
  const settings = token?.settings;

  it("does many things at once, one after the other", async () => {
    if (!settings) return;
    const keys = new Pkcs11KeyProvider(settings);
    const plain = Array.from({ length: 20 }, () => randomBytes(32));
    const wrapped = await Promise.all(plain.map((key) => keys.wrap(key, context)));
    expect(await Promise.all(wrapped.map((one) => keys.unwrap(one, context)))).toEqual(plain);
  });

  it("that is another one is unavailable; a library that is none is said at the start", async () => {
    if (!settings) return;
    await expect(new Pkcs11KeyProvider({ ...settings, token: "nobody's" }).health()).rejects.toThrow(KeysUnavailable);
    expect(() => new Pkcs11KeyProvider({ ...settings, library: "/nowhere.so" })).toThrow(
      expect.objectContaining({ code: "PKCS11_LIBRARY_MISSING" }),
    );
  });
});

it("a token without its binding is said at the start", () => {
  const settings = { binding: "/nowhere", library: "/nowhere.so", token: "t", pin: "0", wrapKey: "w", indexKey: "i" };
  expect(() => new Pkcs11KeyProvider(settings)).toThrow(expect.objectContaining({ code: "PKCS11_BINDING_MISSING" }));
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
