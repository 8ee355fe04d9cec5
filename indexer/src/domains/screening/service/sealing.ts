import type { Seals } from "../../../platform/crypto/seals.ts";
import type { Hit } from "../repository/hits.ts";
import type { Result } from "../repository/results.ts";
import type { Match, Risk } from "../rules.ts";

/** Which entry a member was found to fit, and why. */
export interface Finding extends Match {
  list: string;
  entryId: string;
  /** Of the entry, hex: a dismissal holds as long as the list says the same. */
  digest: string;
  caption: string;
  /** The listed wallet; null for a name. */
  wallet: string | null;
}

/** What a screening found, the parts that are nobody's to read. */
export interface Explanation {
  findings: Finding[];
  risk: Risk;
}

const placeOf = (table: string, column: string, { memberId, id }: { memberId: string; id: string }) => ({
  ...{ table, column, memberId, rowId: id },
});

/** Seals what anti-money-laundering law makes us keep: it outlives the member's own key. */
export const sealFinding = (seals: Seals, row: { memberId: string; id: string }, finding: Finding): Promise<Buffer> =>
  seals.seal("aml_hold", placeOf("app.screening_hits", "sealed", row), JSON.stringify(finding));

export const openFinding = async (seals: Seals, hit: Hit): Promise<Finding> =>
  JSON.parse(await seals.open("aml_hold", placeOf("app.screening_hits", "sealed", hit), hit.sealed)) as Finding;

export const sealReason = (seals: Seals, hit: Hit, reason: string): Promise<Buffer> =>
  seals.seal("aml_hold", placeOf("app.screening_hits", "reason", hit), reason);

export const openReason = async (seals: Seals, hit: Hit): Promise<string | null> =>
  hit.reasonSealed && seals.open("aml_hold", placeOf("app.screening_hits", "reason", hit), hit.reasonSealed);

export const sealExplanation = (seals: Seals, row: { memberId: string; id: string }, what: Explanation) =>
  seals.seal("aml_hold", placeOf("app.screening_results", "sealed", row), JSON.stringify(what));

export const openExplanation = async (seals: Seals, result: Result): Promise<Explanation> =>
  JSON.parse(
    await seals.open("aml_hold", placeOf("app.screening_results", "sealed", result), result.sealed),
  ) as Explanation;
