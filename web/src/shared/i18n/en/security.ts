import type { Text } from "../compile.ts";

/** Sign-in and sessions. */
export const security: Record<string, Text> = {
  "security.title": "Sign-in and security",
  "security.lead": "You sign in with your wallet. This sends no transaction and costs no fee.",
  "security.in": "Signed in",
  "security.out": "Not signed in",
  "security.signIn": "Sign in with the wallet",
  "security.signOut": "Sign out",
  "security.connectFirst": "Connect a wallet first.",
  "security.connect": "Connect wallet",
  "security.other":
    "You are signed in with another wallet than the connected one. Signed in: {session} · connected: {wallet}",
  "security.signInAs": "Sign in as the connected wallet",
  "security.rejected": "The wallet refused to sign. You can try again.",
  "security.off": "Nobody can sign in at this site yet.",
  "security.patience": "Too many tries. Try again in {seconds} s.",
  "security.refused": "You could not be signed in: {reason}",
  "security.offline": "The server cannot be reached. Try again.",
  "security.ended": "The session has ended. Sign in again.",
  "security.register": "Register as a member, or go on with it",
  "security.sessions": "Open sessions",
  "security.sessionsLead": "End what you do not know. An ended session is refused from its next request on.",
  "security.wallet": "Wallet",
  "security.since": "Since",
  "security.lastUsed": "Last used",
  "security.until": "Ends by",
  "security.thisOne": "This device",
  "security.end": "End",
  "security.endOthers": "End all others",
  "security.endedOthers": "Sessions ended: {count}",
};
