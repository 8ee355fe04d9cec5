// DEMO staff of a local start: whoever has the well-known keys of these wallets has their roles.
import pg from "pg";
import { accountFor } from "../../../indexer/src/domains/identity/service/accounts.ts";
import { putRole } from "../../../indexer/src/domains/security/repository/staff.ts";
import type { Role } from "../../../indexer/src/platform/access/actor.ts";
import { localWallet } from "../chain.ts";
import { AUDITOR, OFFICERS } from "../past/wallets.ts";

const HALF_YEAR_MS = 183 * 86_400_000;

/** Appoints the demo officers and the demo auditor; a second time renews what they have. */
export async function appointDemoStaff(databaseUrl: string): Promise<void> {
  const staff: [index: number, role: Role][] = [
    ...OFFICERS.map((index): [number, Role] => [index, "compliance"]),
    [AUDITOR, "auditor"],
  ];
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const at = new Date();
    for (const [index, role] of staff) {
      const { memberId } = await accountFor(client, localWallet(index).address, false, at);
      await putRole(client, { memberId, role, at, by: null, expiresAt: new Date(at.getTime() + HALF_YEAR_MS) });
    }
  } finally {
    await client.end();
  }
}
