import { createHash, createHmac, randomBytes } from "node:crypto";
import * as oidc from "openid-client";
import { z } from "zod";
import type { Role } from "../../../platform/access/actor.ts";
import { permit } from "../../../platform/access/decide.ts";
import type { MemberActor } from "../../../platform/access/door.ts";
import { acrossMembers } from "../../../platform/access/scope.ts";
import type { StaffProvider } from "../../../platform/access/staff-provider.ts";
import { transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { stepUp } from "../repository/factors.ts";
import {
  identityHolder,
  insertStaffSignIn,
  isLinked,
  linkIdentity,
  putSessionRoles,
  spendStaffSignIn,
} from "../repository/provider.ts";
import { noteFailure } from "../repository/settings.ts";
import { linkStaff, signInStaff } from "../rules.ts";

const BEGUN_MS = 10 * 60_000;
/** Roles from groups end after a day's work, or with the provider's token. */
const LONGEST_SECONDS = 8 * 3_600;
const ANSWER_SECONDS = 10;

/** What the page brings back from the provider. */
export interface Returned {
  code: string;
  state: string;
  iss?: string | undefined;
}

const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string().min(1),
  exp: z.number(),
  groups: z.array(z.string()).catch([]),
  acr: z.string().optional(),
  auth_time: z.number().optional(),
});
type Claims = z.infer<typeof claimsSchema>;

const refused = () =>
  new Problem(401, "STAFF_SIGN_IN_REFUSED", "the provider's word is not good here, or is used up; begin again");

/**
 * Sign-in of the staff at their provider (OpenID Connect, code flow with PKCE), within a session that a wallet began: it
 * gives that session the roles of the person's groups.
 */
export class StaffSignIn {
  readonly #kit: Kit;
  readonly #key: Buffer;
  #discovered: Promise<oidc.Configuration> | undefined;

  constructor(kit: Kit) {
    this.#kit = kit;
    this.#key = createHmac("sha256", kit.tokenSeed).update("staff provider").digest();
  }

  /** Whether the staff sign in at a provider here, and whether this member has done so. */
  async standing({ memberId }: MemberActor): Promise<{ isOn: boolean; isLinked: boolean }> {
    return { isOn: this.#kit.staffProvider !== undefined, isLinked: await isLinked(this.#kit.pool, memberId) };
  }

  /**
   * Begins: the page goes to the address that is returned. Whoever is not linked to an identity yet proves to be there.
   * @throws {Problem} 401 STEP_UP_REQUIRED, 404 STAFF_PROVIDER_OFF, 503 STAFF_PROVIDER_UNAVAILABLE
   */
  async begin(actor: MemberActor): Promise<string> {
    const provider = this.#provider();
    const { pool, clock } = this.#kit;
    const now = clock();
    permit(actor, (await isLinked(pool, actor.memberId)) ? signInStaff : linkStaff, now, actor.memberId);
    const config = await this.#config(provider);
    const state = randomBytes(32).toString("base64url");
    const { memberId, sessionId } = actor;
    const expiresAt = new Date(now.getTime() + BEGUN_MS);
    await insertStaffSignIn(pool, { memberId, sessionId, stateHash: hashOf(state), expiresAt });
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: this.#redirectUri(),
      scope: "openid groups",
      state,
      nonce: this.#of("nonce", state),
      code_challenge: await oidc.calculatePKCECodeChallenge(this.#of("verifier", state)),
      code_challenge_method: "S256",
      ...(provider.acr && { acr_values: provider.acr, max_age: String(LONGEST_SECONDS) }),
    });
    return url.href;
  }

  /**
   * Ends what was begun in this session. Whatever is wrong has one answer.
   * @throws {Problem} 401 STAFF_SIGN_IN_REFUSED, 404 STAFF_PROVIDER_OFF, 503 STAFF_PROVIDER_UNAVAILABLE
   */
  async end(actor: MemberActor, returned: Returned, requestId: string): Promise<{ roles: Role[]; expiresAt: Date }> {
    const provider = this.#provider();
    const { pool, clock } = this.#kit;
    const now = clock();
    permit(actor, signInStaff, now, actor.memberId);
    const { memberId, sessionId } = actor;
    const config = await this.#config(provider);
    // Spent before the code is: what comes back twice is refused, whatever the provider says.
    const isOurs = await spendStaffSignIn(pool, { memberId, sessionId, stateHash: hashOf(returned.state), now });
    const claims = isOurs ? await this.#claims(provider, config, returned) : undefined;
    const outcome = claims && (await this.#take(provider, actor, claims, requestId));
    if (outcome) return outcome;
    await noteFailure(pool, memberId, "provider", now);
    throw refused();
  }

  async #claims(provider: StaffProvider, config: oidc.Configuration, returned: Returned): Promise<Claims | undefined> {
    const { state, code, iss } = returned;
    const url = new URL(this.#redirectUri());
    url.search = new URLSearchParams({ code, state, ...(iss !== undefined && { iss }) }).toString();
    const tokens = await oidc
      .authorizationCodeGrant(config, url, {
        expectedState: state,
        expectedNonce: this.#of("nonce", state),
        pkceCodeVerifier: this.#of("verifier", state),
        ...(provider.acr && { maxAge: LONGEST_SECONDS }),
      })
      .catch(() => undefined);
    const { data } = claimsSchema.safeParse(tokens?.claims());
    return data && (provider.acr === undefined || data.acr === provider.acr) ? data : undefined;
  }

  /** Gives the session the groups' roles, if the identity is this member's or becomes so. */
  async #take(provider: StaffProvider, actor: MemberActor, claims: Claims, requestId: string) {
    const { pool, clock, audit } = this.#kit;
    const { memberId, sessionId } = actor;
    const at = clock();
    const roles = [...new Set(claims.groups.flatMap((group) => provider.groups.get(group) ?? []))].toSorted();
    const expiresAt = new Date(Math.min(claims.exp * 1_000, at.getTime() + LONGEST_SECONDS * 1_000));
    const identity = createHmac("sha256", this.#key)
      .update(JSON.stringify([claims.iss, claims.sub]))
      .digest();
    return transaction(pool, async (sql) => {
      const note = (action: string, detail: Record<string, string> = {}) =>
        audit.append(sql, actor, { action, subjectId: memberId, requestId, detail }, at);
      const holder = await acrossMembers(() => identityHolder(sql, identity));
      if (holder !== undefined && holder !== memberId) return undefined;
      if (holder === undefined && roles.length > 0) {
        // Whoever was linked to nobody when it began has shown a second factor then; whoever was, is refused here.
        if (!(await linkIdentity(sql, identity, memberId, at))) return undefined;
        await note(linkStaff.name);
      }
      await putSessionRoles(sql, { memberId, sessionId, roles, expiresAt });
      const proved = new Date(Math.min((claims.auth_time ?? 0) * 1_000, at.getTime()));
      if (provider.acr !== undefined && roles.length > 0 && proved > (actor.steppedUpAt ?? 0)) {
        await stepUp(sql, memberId, sessionId, proved);
      }
      await note(signInStaff.name, { roles: roles.join(" ") });
      return { roles, expiresAt };
    });
  }

  #provider(): StaffProvider {
    const { staffProvider } = this.#kit;
    if (staffProvider) return staffProvider;
    throw new Problem(
      404,
      "STAFF_PROVIDER_OFF",
      "the staff sign in at no provider here; roles are given by two people",
    );
  }

  /** What the provider says of itself, asked once; one that cannot be reached is asked again. */
  async #config({ issuer, clientId, clientSecret }: StaffProvider): Promise<oidc.Configuration> {
    // Only a provider on this machine is asked without TLS; the environment's rules see to it.
    const insecure = issuer.startsWith("http:") ? [oidc.allowInsecureRequests] : [];
    const execute = [...insecure, oidc.enableNonRepudiationChecks];
    this.#discovered ??= oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, {
      execute,
      timeout: ANSWER_SECONDS,
    });
    try {
      return await this.#discovered;
    } catch {
      this.#discovered = undefined;
      throw new Problem(503, "STAFF_PROVIDER_UNAVAILABLE", "the provider does not answer; try again in a minute");
    }
  }

  #redirectUri(): string {
    return `${this.#kit.origins[0] ?? ""}/staff/return`;
  }

  /** What follows from a state under our key need not be kept. */
  #of(use: "nonce" | "verifier", state: string): string {
    return createHmac("sha256", this.#key).update(`${use}|${state}`).digest("base64url");
  }
}

const hashOf = (state: string): Buffer => createHash("sha256").update(state).digest();
