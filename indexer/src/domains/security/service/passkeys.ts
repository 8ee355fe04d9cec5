import { isIP } from "node:net";
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import type { MemberActor } from "../../../platform/access/door.ts";
import type { Sql } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { insertChallenge, insertPasskey, passkeysOf, spendChallenge, usePasskey } from "../repository/factors.ts";

const CHALLENGE_MS = 5 * 60_000;

/** Challenge that a response answers, as its client data says. */
function challengeOf(clientDataJson: string): string {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJson, "base64url").toString("utf8")) as {
      challenge?: unknown;
    };
    return typeof challenge === "string" ? challenge : "";
  } catch {
    return "";
  }
}

type Use = "enrol" | "step_up";

/** Passkeys (WebAuthn level 3). The person must have been verified by the authenticator, each time. */
export class Passkeys {
  readonly #kit: Pick<Kit, "pool" | "clock" | "origins">;

  constructor(kit: Pick<Kit, "pool" | "clock" | "origins">) {
    this.#kit = kit;
  }

  /** What the browser needs to make a key. */
  async enrolOptions(actor: MemberActor) {
    const known = await passkeysOf(this.#kit.pool, actor.memberId);
    const options = await generateRegistrationOptions({
      rpName: "TBURN",
      rpID: this.#relyingParty(),
      userName: actor.address,
      userID: new TextEncoder().encode(actor.memberId),
      excludeCredentials: known.map(({ credential_id: id, transports }) => ({ id, transports })),
      authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
    });
    await this.#remember(actor, options.challenge, "enrol");
    return options;
  }

  /** Whether the response makes a new key of this member; stores it. */
  async enrol(sql: Sql, actor: MemberActor, response: RegistrationResponseJSON, name: string): Promise<boolean> {
    const challenge = challengeOf(response.response.clientDataJSON);
    if (!(await this.#spend(sql, actor, challenge, "enrol"))) return false;
    const verified = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: this.#kit.origins,
      expectedRPID: this.#relyingParty(),
      requireUserVerification: true,
    }).catch(() => undefined);
    if (!verified?.verified) return false;
    const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
    return insertPasskey(sql, actor.memberId, { id, name, publicKey, counter, transports, at: this.#kit.clock() });
  }

  /** What the browser needs to prove that a key is there. */
  async proveOptions(actor: MemberActor) {
    const known = await passkeysOf(this.#kit.pool, actor.memberId);
    const options = await generateAuthenticationOptions({
      rpID: this.#relyingParty(),
      allowCredentials: known.map(({ credential_id: id, transports }) => ({ id, transports })),
      userVerification: "required",
    });
    await this.#remember(actor, options.challenge, "step_up");
    return options;
  }

  /** Whether the response is of one of the member's keys, for a challenge of this session; spends it. */
  async prove(sql: Sql, actor: MemberActor, response: AuthenticationResponseJSON): Promise<boolean> {
    const challenge = challengeOf(response.response.clientDataJSON);
    if (!(await this.#spend(sql, actor, challenge, "step_up"))) return false;
    const key = (await passkeysOf(sql, actor.memberId)).find(({ credential_id }) => credential_id === response.id);
    if (!key) return false;
    const verified = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: this.#kit.origins,
      expectedRPID: this.#relyingParty(),
      credential: { id: key.credential_id, publicKey: new Uint8Array(key.public_key), counter: Number(key.counter) },
      requireUserVerification: true,
    }).catch(() => undefined);
    if (!verified?.verified) return false;
    return usePasskey(sql, actor.memberId, response.id, verified.authenticationInfo.newCounter, this.#kit.clock());
  }

  /** Name under which keys belong to this service: the host of its first origin that has one. Addresses cannot be it. */
  #relyingParty(): string {
    const hosts = this.#kit.origins.map((origin) => new URL(origin).hostname);
    return hosts.find((host) => isIP(host.replace(/^\[|\]$/g, "")) === 0) ?? "localhost";
  }

  async #remember({ memberId, sessionId }: MemberActor, challenge: string, use: Use): Promise<void> {
    const expiresAt = new Date(this.#kit.clock().getTime() + CHALLENGE_MS);
    await insertChallenge(this.#kit.pool, { memberId, sessionId, challenge, use, expiresAt });
  }

  #spend(sql: Sql, { memberId, sessionId }: MemberActor, challenge: string, use: Use): Promise<boolean> {
    return spendChallenge(sql, { memberId, sessionId, challenge, use, now: this.#kit.clock() });
  }
}
