import { toHex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";

const SALT = "tburn.salt";

/** The random salt of this browser's registration, made once; losing it only makes the link to a record harder. */
export function saltFor(account: string): `0x${string}` {
  const key = `${SALT}.${account.toLowerCase()}`;
  const kept = localStorage.getItem(key) as `0x${string}` | null;
  if (kept) return kept;
  const salt = toHex(crypto.getRandomValues(new Uint8Array(32)));
  localStorage.setItem(key, salt);
  return salt;
}

export const registerMember = defineAction<{ account: string }>({
  id: "register-member",
  steps: ({ account }) => ({ call: { contract: "members", functionName: "register", args: [saltFor(account)] } }),
  title: () => ({}),
  refetch: ["chain", "graphql"],
});
