import { createHash, createHmac, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { type JWK, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { Problem } from "../../platform/http/problem.ts";

export const ACCESS_SECONDS = 300;

/** Who a believed access token speaks for. */
export interface Bearer {
  memberId: string;
  sessionId: string;
  /** When the wallet was last asked to sign, Unix seconds. */
  authTime: number;
}

const claims = z.object({
  ...{ sub: z.uuid(), sid: z.uuid(), auth_time: z.int().nonnegative() },
  ...{ iat: z.int().nonnegative(), exp: z.int().nonnegative() },
});

/** A bearer, and when its token ends, Unix seconds. */
export interface EndingBearer extends Bearer {
  expiresAt: number;
}

/** So many tokens are remembered as good: checking a signature costs more than all else of a small request. */
const MOST_BELIEVED = 20_000;

interface Believed {
  bearer: EndingBearer;
  /** Unix seconds. */
  from: number;
}

const isWithin = ({ from, bearer }: Believed, now: Date) => {
  const second = Math.floor(now.getTime() / 1_000);
  return from <= second && second < bearer.expiresAt;
};

/** PKCS #8 frame of an Ed25519 seed (RFC 8410). */
const ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");
const keyOf = (seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([ED25519, seed]), format: "der", type: "pkcs8" });

const unauthorised = () =>
  new Problem(401, "SIGN_IN_REQUIRED", "the access token is missing, has ended or is not ours; sign in again", {
    headers: { "www-authenticate": 'Bearer error="invalid_token"' },
  });

/** Signs and believes access tokens (RFC 9068, EdDSA), and makes refresh tokens. */
export class Tokens {
  readonly #issuer: string;
  readonly #key: KeyObject;
  readonly #publicKey: KeyObject;
  readonly #kid: string;
  readonly #refreshKey: Buffer;
  readonly #believed = new Map<string, Believed>();
  /** Public key set (RFC 7517). */
  readonly jwks: { keys: JWK[] };

  /** @param seed 32 bytes from which the signing key and the chain of refresh tokens follow. */
  constructor(issuer: string, seed: Buffer) {
    this.#issuer = issuer;
    this.#key = keyOf(createHmac("sha256", seed).update("access tokens").digest());
    this.#refreshKey = createHmac("sha256", seed).update("refresh tokens").digest();
    this.#publicKey = createPublicKey(this.#key);
    const jwk = this.#publicKey.export({ format: "jwk" }) as JWK;
    this.#kid = createHash("sha256").update(String(jwk.x)).digest("base64url").slice(0, 16);
    this.jwks = { keys: [{ ...jwk, kid: this.#kid, alg: "EdDSA", use: "sig" }] };
  }

  /** @param now Unix seconds. */
  access({ memberId, sessionId, authTime }: Bearer, now: number): Promise<string> {
    return new SignJWT({ sid: sessionId, auth_time: authTime })
      .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid: this.#kid })
      .setIssuer(this.#issuer)
      .setAudience(this.#issuer)
      .setSubject(memberId)
      .setIssuedAt(now)
      .setExpirationTime(now + ACCESS_SECONDS)
      .sign(this.#key);
  }

  /** @throws {Problem} 401 SIGN_IN_REQUIRED for anything that this key did not sign just so */
  async believe(token: string, now: Date): Promise<EndingBearer> {
    const known = this.#believed.get(token);
    if (known && isWithin(known, now)) return known.bearer;
    this.#believed.delete(token);
    const checked = await this.#check(token, now);
    // What it says of its time is looked at each time; that its signature is good does not change.
    if (this.#believed.size >= MOST_BELIEVED) this.#believed.delete(this.#believed.keys().next().value ?? "");
    this.#believed.set(token, checked);
    return checked.bearer;
  }

  async #check(token: string, now: Date): Promise<Believed> {
    try {
      const { payload } = await jwtVerify(token, this.#publicKey, {
        algorithms: ["EdDSA"],
        typ: "at+jwt",
        issuer: this.#issuer,
        audience: this.#issuer,
        currentDate: now,
      });
      const { sub, sid, auth_time, iat, exp } = claims.parse(payload);
      return { bearer: { memberId: sub, sessionId: sid, authTime: auth_time, expiresAt: exp }, from: iat };
    } catch {
      throw unauthorised();
    }
  }

  /** The token that follows `token`: the same for whoever asks again, so that a lost answer is no lost session. */
  successorOf(token: RefreshToken): RefreshToken {
    return { ...token, secret: createHmac("sha256", this.#refreshKey).update(token.secret).digest() };
  }
}

/** A refresh token by its parts; the database knows the hash of its secret, and which session that goes on with. */
export interface RefreshToken {
  memberId: string;
  secret: Buffer;
}

const idBytes = (id: string) => Buffer.from(id.replaceAll("-", ""), "hex");
const idText = (bytes: Buffer) => bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

export const writeRefresh = ({ memberId, secret }: RefreshToken): string =>
  Buffer.concat([idBytes(memberId), secret]).toString("base64url");

/** Parts of a refresh token; undefined if it is none. */
export function readRefresh(text: string): RefreshToken | undefined {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length !== 48) return undefined;
  return { memberId: idText(bytes.subarray(0, 16)), secret: bytes.subarray(16) };
}

export const hashOf = (secret: Buffer): Buffer => createHash("sha256").update(secret).digest();
