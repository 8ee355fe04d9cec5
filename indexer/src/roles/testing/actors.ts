import { type Hex, keccak256, stringToBytes } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { z } from "zod";
import { makeTestActor } from "../../domains/security/domain.ts";
import { roles } from "../../platform/access/actor.ts";
import type { Kit } from "../../platform/domain.ts";

/** Who takes part in a test: a name, and roles of the staff. */
export const actorsSchema = z
  .array(z.strictObject({ name: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/), roles: z.array(z.enum(roles)) }))
  .min(1)
  .max(1_000);
type Wanted = z.infer<typeof actorsSchema>[number];

/** A cast that can play every scene: two of each kind that decides in pairs. */
export const CAST: Wanted[] = [
  { name: "alice", roles: [] },
  { name: "bob", roles: [] },
  { name: "carol", roles: ["compliance"] },
  { name: "dave", roles: ["compliance"] },
  { name: "erin", roles: ["administrator"] },
  { name: "frank", roles: ["administrator"] },
  { name: "grace", roles: ["auditor"] },
];

interface TestActor extends Wanted {
  memberId: string;
  address: string;
  /** Known to everybody who knows the name: for tests alone. */
  privateKey: Hex;
  /** Base32, of an enrolled authenticator. */
  totpSecret: string;
}

/** Key of a TEST actor; anybody can compute it. */
const keyOf = (name: string) => keccak256(stringToBytes(`tburn test actor ${name}`));

/** Makes each of them; a second time renews what they have. */
export async function seedActors(kit: Kit, wanted: Wanted[]): Promise<TestActor[]> {
  const made: TestActor[] = [];
  for (const { name, roles: held } of wanted) {
    const privateKey = keyOf(name);
    const { address } = privateKeyToAccount(privateKey);
    made.push({ name, roles: held, address, privateKey, ...(await makeTestActor(kit, address, held)) });
  }
  return made;
}
