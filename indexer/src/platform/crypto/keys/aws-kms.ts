import { z } from "zod";
import { type KeyContext, type KeyProvider, KeyRefused, KeysUnavailable, type WrappedKey } from "./provider.ts";
import { type AwsCredentials, signed } from "./sigv4.ts";

export interface AwsSettings {
  region: string;
  /** Address of the service, such as `https://kms.eu-central-1.amazonaws.com`. */
  url: string;
  credentials: AwsCredentials;
  /** Symmetric keys that wrap, by id or ARN: version 1 first. A new version is a new key at the end. */
  wrapKeys: string[];
  /** HMAC keys (HMAC_256) that make blind indexes, likewise: KMS rotates none of these by itself. */
  indexKeys: string[];
}

const TIMEOUT_MS = 5_000;
/** What KMS answers with status 400 although the same may work a little later. */
const PASSING = /Throttling|LimitExceeded|KMSInternal|DependencyTimeout|KeyUnavailable|RequestExpired/;

const blob = z.object({ CiphertextBlob: z.base64() });

/**
 * AWS KMS: key-encryption keys never leave it, and it re-encrypts inside. Whom a key belongs to is its encryption context,
 * which CloudTrail shows: ids alone.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/Welcome.html
 */
export class AwsKeyProvider implements KeyProvider {
  readonly kekRef: string;
  readonly #settings: AwsSettings;

  constructor(settings: AwsSettings) {
    this.#settings = settings;
    this.kekRef = `aws-kms:${settings.region}`;
  }

  async currentVersion(): Promise<number> {
    return this.#settings.wrapKeys.length;
  }

  async macVersion(): Promise<number> {
    return this.#settings.indexKeys.length;
  }

  async wrap(key: Buffer, context: KeyContext): Promise<WrappedKey> {
    const kekVersion = await this.currentVersion();
    const body = { KeyId: this.#wrapKey(kekVersion), Plaintext: key.toString("base64"), EncryptionContext: context };
    return this.#wrapped(kekVersion, await this.#ask("Encrypt", blob, body));
  }

  async unwrap(wrapped: WrappedKey, context: KeyContext): Promise<Buffer> {
    const body = { ...this.#own(wrapped), EncryptionContext: context };
    const { Plaintext } = await this.#ask("Decrypt", z.object({ Plaintext: z.base64() }), body);
    return Buffer.from(Plaintext, "base64");
  }

  async rewrap(wrapped: WrappedKey, context: KeyContext): Promise<WrappedKey> {
    const { KeyId: SourceKeyId, CiphertextBlob } = this.#own(wrapped);
    const kekVersion = await this.currentVersion();
    const body = {
      ...{ CiphertextBlob, SourceKeyId, SourceEncryptionContext: context },
      ...{ DestinationKeyId: this.#wrapKey(kekVersion), DestinationEncryptionContext: context },
    };
    return this.#wrapped(kekVersion, await this.#ask("ReEncrypt", blob, body));
  }

  async mac(data: Buffer, version: number): Promise<Buffer> {
    const KeyId = this.#settings.indexKeys[version - 1];
    if (!KeyId) throw new KeyRefused(`there is no index key of version ${version}`);
    const body = { KeyId, MacAlgorithm: "HMAC_SHA_256", Message: data.toString("base64") };
    const { Mac } = await this.#ask("GenerateMac", z.object({ Mac: z.base64() }), body);
    return Buffer.from(Mac, "base64");
  }

  async health(): Promise<void> {
    await this.wrap(Buffer.alloc(32), { memberId: "nobody", purpose: "health", version: "1" });
  }

  #wrapKey(version: number): string {
    const key = this.#settings.wrapKeys[version - 1];
    if (!key) throw new KeyRefused(`there is no wrapping key of version ${version}`);
    return key;
  }

  #wrapped(kekVersion: number, { CiphertextBlob }: z.infer<typeof blob>): WrappedKey {
    return { kekRef: this.kekRef, kekVersion, bytes: Buffer.from(CiphertextBlob, "base64") };
  }

  /** The key is named although the ciphertext tells it, so that nobody's other key is ever used. */
  #own({ kekRef, kekVersion, bytes }: WrappedKey) {
    if (kekRef !== this.kekRef) throw new KeyRefused(`the key was wrapped by ${kekRef}`);
    return { KeyId: this.#wrapKey(kekVersion), CiphertextBlob: bytes.toString("base64") };
  }

  /** KMS's errors are passed on by their kind only: their text may quote what was sent. */
  async #ask<T>(action: string, shape: z.ZodType<T>, asked: object): Promise<T> {
    const { url, region, credentials } = this.#settings;
    const [address, body] = [new URL("/", url), JSON.stringify(asked)];
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": `TrentService.${action}` };
    const scope = { region, service: "kms", now: new Date() };
    const answer = await fetch(address, {
      method: "POST",
      headers: signed({ method: "POST", url: address, headers, body }, credentials, scope),
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: "error",
    }).catch((error: Error) => {
      throw new KeysUnavailable(error.name, { cause: error });
    });
    const said: unknown = await answer.json().catch(() => undefined);
    if (!answer.ok) {
      const kind = /\w+$/.exec(z.object({ __type: z.string() }).safeParse(said).data?.__type ?? "")?.[0] ?? "";
      const isPassing = answer.status >= 500 || answer.status === 429 || PASSING.test(kind);
      throw isPassing ? new KeysUnavailable(`status ${answer.status}`) : new KeyRefused(`${kind} at ${action}`);
    }
    const parsed = shape.safeParse(said);
    if (!parsed.success) throw new KeysUnavailable("its answer has another shape");
    return parsed.data;
  }
}
