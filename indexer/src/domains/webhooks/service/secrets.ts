import type { Place } from "../../../platform/crypto/envelope.ts";
import type { Kit } from "../../../platform/domain.ts";
import type { Endpoint } from "../repository/endpoints.ts";

type Column = "sealed_url" | "sealed_secret" | "sealed_old_secret";
type Sealing = Pick<Kit, "seals">;

const placeOf = ({ memberId, id }: Pick<Endpoint, "memberId" | "id">, column: Column): Place => ({
  ...{ table: "app.webhook_endpoints", column, memberId, rowId: id },
});

/** Seals what an endpoint holds under its member's key. */
export const sealed = ({ seals }: Sealing, of: Pick<Endpoint, "memberId" | "id">, column: Column, text: string) =>
  seals.seal("profile", placeOf(of, column), text);

export const urlOf = ({ seals }: Sealing, e: Endpoint): Promise<string> =>
  seals.open("profile", placeOf(e, "sealed_url"), e.sealedUrl);

export const secretOf = ({ seals }: Sealing, e: Endpoint): Promise<string> =>
  seals.open("profile", placeOf(e, "sealed_secret"), e.sealedSecret);

/** Secrets that sign at `now`, the present one first. */
export async function secretsOf(kit: Sealing, e: Endpoint, now: Date): Promise<string[]> {
  const present = await secretOf(kit, e);
  if (!e.sealedOldSecret || !e.oldUntil || e.oldUntil <= now) return [present];
  return [present, await kit.seals.open("profile", placeOf(e, "sealed_old_secret"), e.sealedOldSecret)];
}
