import { z } from "zod";
import { type KeyContext, type KeyProvider, KeyRefused, KeysUnavailable, type WrappedKey } from "./provider.ts";

export interface TransitSettings {
  /** Address of Vault, e.g. `https://vault.internal:8200`. */
  url: string;
  token: string;
  /** Mount of the transit engine. */
  mount: string;
  /** AES-256-GCM key that wraps. */
  wrapKey: string;
  /** HMAC key that makes blind indexes. */
  indexKey: string;
}

const TIMEOUT_MS = 5_000;

const base64 = (bytes: Buffer) => bytes.toString("base64");
const associated = ({ memberId, purpose, version }: KeyContext) =>
  base64(Buffer.from(JSON.stringify([memberId, purpose, version])));

/** Vault names the version inside what it returns: `vault:v3:…`. */
function versionOf(ciphertext: string): number {
  const found = /^vault:v(\d+):/.exec(ciphertext);
  if (!found) throw new KeyRefused("Vault answered no ciphertext of its own");
  return Number(found[1]);
}

/**
 * Vault's transit engine: the key-encryption key never leaves it, and rewraps there.
 * @see https://developer.hashicorp.com/vault/api-docs/secret/transit
 */
export class TransitKeyProvider implements KeyProvider {
  readonly kekRef: string;
  readonly #settings: TransitSettings;

  constructor(settings: TransitSettings) {
    this.#settings = settings;
    this.kekRef = `vault:${settings.mount}/${settings.wrapKey}`;
  }

  currentVersion(): Promise<number> {
    return this.#latest(this.#settings.wrapKey);
  }

  macVersion(): Promise<number> {
    return this.#latest(this.#settings.indexKey);
  }

  async wrap(key: Buffer, context: KeyContext): Promise<WrappedKey> {
    const body = { plaintext: base64(key), associated_data: associated(context) };
    const { ciphertext } = await this.#ask(
      `encrypt/${this.#settings.wrapKey}`,
      z.object({ ciphertext: z.string() }),
      body,
    );
    return this.#wrapped(ciphertext);
  }

  async unwrap(wrapped: WrappedKey, context: KeyContext): Promise<Buffer> {
    const body = { ciphertext: this.#own(wrapped), associated_data: associated(context) };
    const { plaintext } = await this.#ask(
      `decrypt/${this.#settings.wrapKey}`,
      z.object({ plaintext: z.string() }),
      body,
    );
    return Buffer.from(plaintext, "base64");
  }

  async rewrap(wrapped: WrappedKey, context: KeyContext): Promise<WrappedKey> {
    const body = { ciphertext: this.#own(wrapped), associated_data: associated(context) };
    const { ciphertext } = await this.#ask(
      `rewrap/${this.#settings.wrapKey}`,
      z.object({ ciphertext: z.string() }),
      body,
    );
    return this.#wrapped(ciphertext);
  }

  async mac(data: Buffer, version: number): Promise<Buffer> {
    const body = { input: base64(data), key_version: version };
    const { hmac } = await this.#ask(`hmac/${this.#settings.indexKey}/sha2-256`, z.object({ hmac: z.string() }), body);
    return Buffer.from(hmac.split(":")[2] ?? "", "base64");
  }

  async health(): Promise<void> {
    await this.currentVersion();
  }

  #wrapped(ciphertext: string): WrappedKey {
    return { kekRef: this.kekRef, kekVersion: versionOf(ciphertext), bytes: Buffer.from(ciphertext, "utf8") };
  }

  #own({ kekRef, bytes }: WrappedKey): string {
    if (kekRef !== this.kekRef) throw new KeyRefused(`the key was wrapped by ${kekRef}`);
    return bytes.toString("utf8");
  }

  async #latest(key: string): Promise<number> {
    return (await this.#ask(`keys/${key}`, z.object({ latest_version: z.int().positive() }))).latest_version;
  }

  /** Vault's errors are passed on by number only: their text may quote what was sent. */
  async #ask<T>(path: string, shape: z.ZodType<T>, body?: object): Promise<T> {
    const { url, token, mount } = this.#settings;
    const answer = await fetch(`${url}/v1/${mount}/${path}`, {
      method: body ? "POST" : "GET",
      headers: { "x-vault-token": token, ...(body ? { "content-type": "application/json" } : {}) },
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: "error",
    }).catch((error: Error) => {
      throw new KeysUnavailable(error.name, { cause: error });
    });
    if (answer.status >= 500 || answer.status === 429) throw new KeysUnavailable(`status ${answer.status}`);
    if (!answer.ok) throw new KeyRefused(`status ${answer.status} at ${path.split("/")[0]}`);
    const parsed = z.object({ data: shape }).safeParse(await answer.json());
    if (!parsed.success) throw new KeysUnavailable("its answer has another shape");
    return parsed.data.data;
  }
}
