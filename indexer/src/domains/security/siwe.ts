import { type Address, getAddress, isAddressEqual, zeroAddress } from "viem";
import { createSiweMessage, parseSiweMessage, type SiweMessage } from "viem/siwe";
import { Problem } from "../../platform/http/problem.ts";

/** The two texts that a wallet may be asked to sign; nothing else is taken for a sign-in. */
export const STATEMENTS = [
  "Sign in to TBURN Members. This sends no transaction and costs no fee.",
  "TBURN Members에 로그인합니다. 트랜잭션을 보내지 않으며 수수료가 없습니다.",
] as const;

const LONGEST_MS = 10 * 60_000;
const SKEW_MS = 60_000;

/** What a message must say here and now. */
export interface Expected {
  /** Origins of the dApp, such as `https://members.example`. */
  origins: string[];
  chainId: number;
  now: Date;
}

/** A message that may be believed if its signature is the address's. */
export interface Claim {
  address: Address;
  nonce: string;
}

const refuse = (why: string) => new Problem(401, "SIGN_IN_REFUSED", `the signed message is not a sign-in here: ${why}`);

/** The message's fields, if writing them again gives the same bytes: a second block of fields, or a tail, would not. */
function fieldsOf(message: string): SiweMessage {
  const parsed = parseSiweMessage(message);
  try {
    if (createSiweMessage(parsed as SiweMessage) === message) return parsed as SiweMessage;
  } catch {
    // A field is missing or has a form of its own.
  }
  throw refuse("it is not written as EIP-4361 says");
}

/**
 * Reads a signed message (EIP-4361) and checks everything but nonce and signature.
 * @throws {Problem} 401 SIGN_IN_REFUSED naming what is wrong
 */
export function readClaim(message: string, { origins, chainId, now }: Expected): Claim {
  const fields = fieldsOf(message);
  const origin = origins.find((one) => new URL(one).host === fields.domain);
  if (origin === undefined) throw refuse("it was made for another site");
  if (fields.scheme !== undefined && !origin.startsWith(`${fields.scheme}:`)) throw refuse("its scheme is another");
  if (fields.uri !== origin) throw refuse("its address is another");
  if (fields.chainId !== chainId) throw refuse(`it is for chain ${fields.chainId}, not ${chainId}`);
  if (!STATEMENTS.some((statement) => statement === fields.statement)) throw refuse("its text is not ours");
  if (fields.notBefore || fields.requestId || fields.resources) throw refuse("it has fields that a sign-in has not");
  if (isAddressEqual(fields.address, zeroAddress)) throw refuse("it names nobody");
  const { issuedAt, expirationTime } = fields;
  if (!issuedAt || !expirationTime) throw refuse("it does not say when it was made and when it ends");
  if (issuedAt.getTime() > now.getTime() + SKEW_MS) throw refuse("it was made in the future");
  if (expirationTime.getTime() - issuedAt.getTime() > LONGEST_MS) throw refuse("it lasts longer than ten minutes");
  if (expirationTime <= now) throw refuse("it has ended; sign in again");
  return { address: getAddress(fields.address), nonce: fields.nonce };
}
