import { toHex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";

const SALT = "tburn.salt";

/** A random salt for a registration, kept in this browser: with it the member can prove that the id is theirs. */
function newSalt(account: string): `0x${string}` {
  const salt = toHex(crypto.getRandomValues(new Uint8Array(32)));
  localStorage.setItem(`${SALT}.${account.toLowerCase()}`, salt);
  return salt;
}

export const registerMember = defineAction<{ account: string }>({
  id: "register-member",
  steps: ({ account }) => ({ call: { contract: "members", functionName: "register", args: [newSalt(account)] } }),
  title: () => ({}),
  refetch: ["chain", "graphql"],
});
