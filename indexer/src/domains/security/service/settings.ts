import type { Actor } from "../../../platform/access/actor.ts";
import { granted, permit } from "../../../platform/access/decide.ts";
import type { MemberActor } from "../../../platform/access/door.ts";
import { acrossMembers } from "../../../platform/access/scope.ts";
import type { Place } from "../../../platform/crypto/envelope.ts";
import { NetworkMarks, readNetwork } from "../../../platform/crypto/networks.ts";
import { transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { openSessions } from "../repository/sessions.ts";
import { failuresOf, presenceOf, putSettings, settingsOf } from "../repository/settings.ts";
import { changeSettings, seeSettings, settingFields } from "../rules.ts";
import type { SecondFactors } from "./factors.ts";

const placeOf = (memberId: string): Place => ({
  table: "app.security_settings",
  column: "networks",
  memberId,
  rowId: memberId,
});

export interface WantedSettings {
  /** Networks in their one form; none is everywhere. */
  networks: string[];
  /** Hours; null is the service's own limit. */
  sessionHours: number | null;
}

/** How a member is signed in: what it set, what it proves with, what failed of late. */
export class SecuritySettings {
  readonly #kit: Kit;
  readonly #factors: SecondFactors;
  readonly #marks: NetworkMarks;

  constructor(kit: Kit, factors: SecondFactors) {
    this.#kit = kit;
    this.#factors = factors;
    this.#marks = new NetworkMarks(kit.tokenSeed);
  }

  /** Of the networks the staff see how many they are. @throws {Problem} 404 MEMBER_NOT_FOUND, 403 FORBIDDEN */
  async of(actor: Actor, memberId: string) {
    const { pool, clock } = this.#kit;
    const now = clock();
    permit(actor, seeSettings, now, memberId);
    const presence = await presenceOf(pool, memberId);
    if (!presence) throw new Problem(404, "MEMBER_NOT_FOUND", "there is no such member");
    // The staff may know how many factors there are, and see no row of one.
    const { networks, ...told } = await acrossMembers(() => this.#counted(memberId, now));
    return {
      ...told,
      lastUsedAt: presence.lastUsedAt?.toISOString() ?? null,
      networks: granted(actor, settingFields.networks.read, memberId) ? await this.#opened(memberId, networks) : null,
    };
  }

  /**
   * Sets where from, and for how long, the member is signed in. Sessions that go on elsewhere are refused from their next
   * request on.
   * @param address Where this request comes from: whoever locks its own door behind it is told so.
   * @throws {Problem} 409 ADDRESS_EXCLUDED, 401 STEP_UP_REQUIRED
   */
  async change(actor: MemberActor, wanted: WantedSettings, address: string, requestId: string): Promise<void> {
    const { pool, clock, audit, seals } = this.#kit;
    const at = clock();
    const { memberId } = actor;
    permit(actor, changeSettings, at, memberId);
    const { networks, sessionHours } = wanted;
    const networkMarks = this.#marks.of(
      memberId,
      networks.flatMap((text) => readNetwork(text) ?? []),
    );
    if (!this.#marks.admit(memberId, networkMarks, address)) {
      throw new Problem(409, "ADDRESS_EXCLUDED", "these networks leave out the one you ask from; add it to the list");
    }
    const sealed =
      networks.length > 0 ? await seals.seal("profile", placeOf(memberId), JSON.stringify(networks)) : null;
    await transaction(pool, async (sql) => {
      await putSettings(sql, memberId, { networks: sealed, networkMarks, sessionHours }, at);
      const detail = { networks: networks.length, sessionHours };
      await audit.append(sql, actor, { action: changeSettings.name, subjectId: memberId, requestId, detail }, at);
    });
  }

  async #counted(memberId: string, now: Date) {
    const { pool } = this.#kit;
    const { networks, networkMarks, sessionHours } = await settingsOf(pool, memberId);
    const { totp, passkeys, recoveryCodesLeft } = await this.#factors.of(memberId);
    return {
      factors: { totp, passkeys: passkeys.length, recoveryCodesLeft },
      sessions: (await openSessions(pool, memberId, now)).length,
      ...{ networks, networkCount: networkMarks.length, sessionHours },
      failures: await failuresOf(pool, memberId, now),
    };
  }

  async #opened(memberId: string, sealed: Buffer | null): Promise<string[]> {
    if (sealed === null) return [];
    return JSON.parse(await this.#kit.seals.open("profile", placeOf(memberId), sealed)) as string[];
  }
}
