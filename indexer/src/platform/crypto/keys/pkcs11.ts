import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { FatalError } from "../../errors.ts";
import { type KeyContext, type KeyProvider, KeyRefused, KeysUnavailable, type WrappedKey } from "./provider.ts";

export interface TokenSettings {
  /** Path of the installed package `pkcs11js`: it needs a compiler, so that it is no dependency of ours. */
  binding: string;
  /** The token's own library, such as `/usr/lib/softhsm/libsofthsm2.so`. */
  library: string;
  /** Label of the token. */
  token: string;
  pin: string;
  /** Labels of its AES-256 keys are this, a hyphen and the version; likewise of its secrets for HMAC. */
  wrapKey: string;
  indexKey: string;
}

type Handle = Buffer;
type Attribute = { type: number; value: number | string };
type Mechanism = { mechanism: number; parameter?: object };

/** What we use of `pkcs11js`. */
interface Token {
  load(library: string): void;
  C_Initialize(): void;
  C_GetSlotList(present: boolean): Handle[];
  C_GetTokenInfo(slot: Handle): { label: string };
  C_OpenSession(slot: Handle, flags: number): Handle;
  C_Login(session: Handle, user: number, pin: string): void;
  C_FindObjectsInit(session: Handle, template: Attribute[]): void;
  C_FindObjects(session: Handle, most: number): Handle[];
  C_FindObjectsFinal(session: Handle): void;
  C_EncryptInit(session: Handle, mechanism: Mechanism, key: Handle): void;
  C_EncryptAsync(session: Handle, data: Buffer, room: Buffer): Promise<Buffer>;
  C_DecryptInit(session: Handle, mechanism: Mechanism, key: Handle): void;
  C_DecryptAsync(session: Handle, data: Buffer, room: Buffer): Promise<Buffer>;
  C_SignInit(session: Handle, mechanism: Mechanism, key: Handle): void;
  C_SignAsync(session: Handle, data: Buffer, room: Buffer): Promise<Buffer>;
}
interface Binding {
  PKCS11: new () => Token;
  CK_PARAMS_AES_GCM: number;
}

/** Numbers of PKCS#11 2.40. */
const CKF_SERIAL_SESSION = 4;
const CKU_USER = 1;
const CKA_CLASS = 0;
const CKA_LABEL = 3;
const CKO_SECRET_KEY = 4;
const CKM_AES_GCM = 0x1087;
const CKM_SHA256_HMAC = 0x251;

const IV_BYTES = 12;
const TAG_BYTES = 16;
const MOST_VERSIONS = 1_000;

/** What a token answers when it or its session is gone, and not what was asked of it. */
const GONE = /CKR_(SESSION|DEVICE|TOKEN|CRYPTOKI|USER_NOT_LOGGED_IN|FUNCTION_FAILED|HOST_MEMORY|SLOT)/;

const associated = ({ memberId, purpose, version }: KeyContext) =>
  Buffer.from(JSON.stringify([memberId, purpose, version]));

/**
 * A hardware token by PKCS#11: its keys never leave it. It cannot rewrap inside, so that a data key is in this process's
 * memory for the moment of a rotation.
 */
export class Pkcs11KeyProvider implements KeyProvider {
  readonly kekRef: string;
  readonly #settings: TokenSettings;
  readonly #binding: Binding;
  readonly #token: Token;
  #session: Handle | undefined;
  /** A session does one thing at a time. */
  #last: Promise<unknown> = Promise.resolve();

  /** @throws {FatalError} PKCS11_BINDING_MISSING, PKCS11_LIBRARY_MISSING */
  constructor(settings: TokenSettings) {
    this.#settings = settings;
    this.kekRef = `pkcs11:${settings.token}/${settings.wrapKey}`;
    try {
      this.#binding = createRequire(import.meta.url)(settings.binding) as Binding;
      this.#token = new this.#binding.PKCS11();
    } catch (cause) {
      throw new FatalError(
        "PKCS11_BINDING_MISSING",
        `install pkcs11js and name its folder; ${settings.binding} is none`,
        {
          cause,
        },
      );
    }
    try {
      this.#token.load(settings.library);
    } catch (cause) {
      throw new FatalError("PKCS11_LIBRARY_MISSING", `${settings.library} is no library of a token`, { cause });
    }
  }

  currentVersion(): Promise<number> {
    return this.#do((session) => this.#newest(session, this.#settings.wrapKey));
  }

  macVersion(): Promise<number> {
    return this.#do((session) => this.#newest(session, this.#settings.indexKey));
  }

  wrap(key: Buffer, context: KeyContext): Promise<WrappedKey> {
    return this.#do(async (session) => {
      const kekVersion = this.#newest(session, this.#settings.wrapKey);
      const iv = randomBytes(IV_BYTES);
      this.#token.C_EncryptInit(
        session,
        this.#gcm(iv, context),
        this.#key(session, this.#settings.wrapKey, kekVersion),
      );
      const sealed = await this.#token.C_EncryptAsync(session, key, Buffer.alloc(key.length + TAG_BYTES));
      return { kekRef: this.kekRef, kekVersion, bytes: Buffer.concat([iv, sealed]) };
    });
  }

  unwrap({ kekRef, kekVersion, bytes }: WrappedKey, context: KeyContext): Promise<Buffer> {
    return this.#do(async (session) => {
      if (kekRef !== this.kekRef) throw new KeyRefused(`the key was wrapped by ${kekRef}`);
      const [iv, sealed] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES)];
      this.#token.C_DecryptInit(
        session,
        this.#gcm(iv, context),
        this.#key(session, this.#settings.wrapKey, kekVersion),
      );
      return this.#token.C_DecryptAsync(session, Buffer.from(sealed), Buffer.alloc(sealed.length));
    });
  }

  async rewrap(wrapped: WrappedKey, context: KeyContext): Promise<WrappedKey> {
    return this.wrap(await this.unwrap(wrapped, context), context);
  }

  mac(data: Buffer, version: number): Promise<Buffer> {
    return this.#do((session) => {
      const key = this.#key(session, this.#settings.indexKey, version);
      this.#token.C_SignInit(session, { mechanism: CKM_SHA256_HMAC }, key);
      return this.#token.C_SignAsync(session, data, Buffer.alloc(32));
    });
  }

  async health(): Promise<void> {
    await this.wrap(Buffer.alloc(32), { memberId: "nobody", purpose: "health", version: "1" });
  }

  #gcm(iv: Buffer, context: KeyContext): Mechanism {
    const sizes = { ivBits: IV_BYTES * 8, tagBits: TAG_BYTES * 8 };
    const parameter = {
      type: this.#binding.CK_PARAMS_AES_GCM,
      iv: Buffer.from(iv),
      aad: associated(context),
      ...sizes,
    };
    return { mechanism: CKM_AES_GCM, parameter };
  }

  #find(session: Handle, label: string): Handle | undefined {
    const template = [
      { type: CKA_CLASS, value: CKO_SECRET_KEY },
      { type: CKA_LABEL, value: label },
    ];
    this.#token.C_FindObjectsInit(session, template);
    try {
      return this.#token.C_FindObjects(session, 1)[0];
    } finally {
      this.#token.C_FindObjectsFinal(session);
    }
  }

  #key(session: Handle, name: string, version: number): Handle {
    const found = this.#find(session, `${name}-${version}`);
    if (!found) throw new KeyRefused(`the token has no key ${name}-${version}`);
    return found;
  }

  #newest(session: Handle, name: string): number {
    let version = 0;
    while (version < MOST_VERSIONS && this.#find(session, `${name}-${version + 1}`)) version++;
    if (version === 0) throw new KeyRefused(`the token has no key ${name}-1`);
    return version;
  }

  #open(): Handle {
    const { token, pin } = this.#settings;
    tolerate("CKR_CRYPTOKI_ALREADY_INITIALIZED", () => this.#token.C_Initialize());
    const slot = this.#token.C_GetSlotList(true).find((one) => this.#token.C_GetTokenInfo(one).label.trim() === token);
    if (!slot) throw new KeysUnavailable(`no token is called ${token}`);
    const session = this.#token.C_OpenSession(slot, CKF_SERIAL_SESSION);
    tolerate("CKR_USER_ALREADY_LOGGED_IN", () => this.#token.C_Login(session, CKU_USER, pin));
    return session;
  }

  /** Does `work` alone on the session; one that was lost is opened anew the next time. */
  #do<T>(work: (session: Handle) => Promise<T> | T): Promise<T> {
    const next = this.#last.then(async () => {
      try {
        this.#session ??= this.#open();
        return await work(this.#session);
      } catch (error) {
        if (error instanceof KeyRefused || error instanceof KeysUnavailable) throw error;
        // The token's own code alone: it quotes nothing.
        const code = /CKR_\w+/.exec((error as Error).message)?.[0] ?? "no code";
        if (!GONE.test(code) && code !== "no code") throw new KeyRefused(code);
        this.#session = undefined;
        throw new KeysUnavailable(code, { cause: error });
      }
    });
    this.#last = next.catch(() => undefined);
    return next;
  }
}

/** Runs `step`, and takes one answer of the token as if it were none. */
function tolerate(code: string, step: () => void): void {
  try {
    step();
  } catch (error) {
    if (!(error as Error).message.includes(code)) throw error;
  }
}
