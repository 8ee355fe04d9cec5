import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { FatalError } from "../../errors.ts";
import { type KeyContext, type KeyProvider, KeyRefused, type WrappedKey } from "./provider.ts";

const IV_BYTES = 12;
const TAG_BYTES = 16;

const versions = z
  .record(z.string().regex(/^[1-9]\d{0,8}$/), z.base64())
  .refine((keys) => Object.values(keys).every((key) => Buffer.from(key, "base64").length === 32), "32 bytes each")
  .refine((keys) => Object.keys(keys).length > 0, "no version");
const schema = z.strictObject({ wrap: versions, index: versions });

/** Keys of a provider by version, base64. */
export type LocalKeys = z.infer<typeof schema>;

/** Two fresh keys, version 1 each. */
export const freshKeys = (): LocalKeys => ({
  wrap: { "1": randomBytes(32).toString("base64") },
  index: { "1": randomBytes(32).toString("base64") },
});

/** Adds a new version to both, or to one of them. Old ones stay until nothing is wrapped with them. */
export function withNewVersion(keys: LocalKeys, which: keyof LocalKeys): LocalKeys {
  const next = String(Math.max(...Object.keys(keys[which]).map(Number)) + 1);
  return { ...keys, [which]: { ...keys[which], [next]: randomBytes(32).toString("base64") } };
}

/** Makes the file with fresh keys, readable by its owner alone; never replaces one. */
export function writeKeys(path: string, keys = freshKeys()): void {
  writeFileSync(path, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600, flag: "wx" });
}

/**
 * Keys of a file.
 * @throws {FatalError} if it is missing, readable by others, or not such a file
 */
export function readKeys(path: string): LocalKeys {
  if (!existsSync(path)) throw new FatalError("KEYS_MISSING", `there is no key file ${path}`);
  if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0) {
    throw new FatalError("KEYS_EXPOSED", `${path} can be read by others; chmod 600 it`);
  }
  const parsed = schema.safeParse(JSON.parse(readFileSync(path, "utf8")));
  // The message must not quote a key.
  if (!parsed.success)
    throw new FatalError("KEYS_INVALID", `${path} holds no keys of ours: ${parsed.error.issues[0]?.message}`);
  return parsed.data;
}

const newest = (keys: Record<string, string>) => Math.max(...Object.keys(keys).map(Number));

const associated = (context: KeyContext) =>
  Buffer.from(JSON.stringify([context.memberId, context.purpose, context.version]), "utf8");

/** Keys held by the process itself, out of a file: for development, and for operators without a key service. */
export class LocalKeyProvider implements KeyProvider {
  readonly kekRef = "local";
  readonly #keys: LocalKeys;

  constructor(keys: LocalKeys) {
    this.#keys = keys;
  }

  async currentVersion(): Promise<number> {
    return newest(this.#keys.wrap);
  }

  async macVersion(): Promise<number> {
    return newest(this.#keys.index);
  }

  async wrap(key: Buffer, context: KeyContext): Promise<WrappedKey> {
    const kekVersion = newest(this.#keys.wrap);
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv("aes-256-gcm", this.#key("wrap", kekVersion), iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(associated(context));
    const body = Buffer.concat([cipher.update(key), cipher.final()]);
    return { kekRef: this.kekRef, kekVersion, bytes: Buffer.concat([iv, cipher.getAuthTag(), body]) };
  }

  async unwrap({ kekRef, kekVersion, bytes }: WrappedKey, context: KeyContext): Promise<Buffer> {
    if (kekRef !== this.kekRef) throw new KeyRefused(`the key was wrapped by ${kekRef}`);
    const key = this.#key("wrap", kekVersion);
    const iv = bytes.subarray(0, IV_BYTES);
    const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(associated(context));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    } catch {
      throw new KeyRefused("the wrapped key was changed, or belongs to somebody else");
    }
  }

  async rewrap(wrapped: WrappedKey, context: KeyContext): Promise<WrappedKey> {
    return this.wrap(await this.unwrap(wrapped, context), context);
  }

  async mac(data: Buffer, version: number): Promise<Buffer> {
    return createHmac("sha256", this.#key("index", version)).update(data).digest();
  }

  async health(): Promise<void> {
    this.#key("wrap", newest(this.#keys.wrap));
  }

  #key(which: keyof LocalKeys, version: number): Buffer {
    const key = this.#keys[which][String(version)];
    if (key === undefined) throw new KeyRefused(`there is no ${which} key of version ${version}`);
    return Buffer.from(key, "base64");
  }
}
