import { zeroAddress } from "viem";
import { isEnded, type State } from "../states.ts";

interface Facts {
  state: State;
  guardian: string;
  proposer: string;
  account: string;
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** The guardian until the execution; the proposer before the vote, and at any time where there is no guardian. */
export function mayCancel({ state, guardian, proposer, account }: Facts): boolean {
  if (isEnded(state)) return false;
  if (same(account, guardian)) return true;
  return same(account, proposer) && (state === "pending" || same(guardian, zeroAddress));
}
