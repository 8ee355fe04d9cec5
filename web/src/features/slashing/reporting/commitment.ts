import { type Address, encodeAbiParameters, type Hex, isHex, keccak256, toHex } from "viem";

/** What `SlashingManager.commitReport` takes: it hides the evidence and names who knew it first. */
export const commitmentOf = (evidenceHash: Hex, reporter: Address, salt: Hex): Hex =>
  keccak256(
    encodeAbiParameters(
      [{ type: "bytes32" }, { type: "address" }, { type: "bytes32" }],
      [evidenceHash, reporter, salt],
    ),
  );

/** The salt of an account's report on this evidence. The bounty needs it again, so it outlives the page. */
export function saltOf(account: Address, evidenceHash: Hex): Hex {
  const key = `tburn.report.${account.toLowerCase()}.${evidenceHash}`;
  const kept = localStorage.getItem(key);
  if (kept && isHex(kept)) return kept;
  const made = toHex(crypto.getRandomValues(new Uint8Array(32)));
  localStorage.setItem(key, made);
  return made;
}
