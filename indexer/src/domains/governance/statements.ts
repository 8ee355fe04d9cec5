import {
  type StatementParts,
  statementDomain,
  statementTypes,
  wrongParts,
} from "@tburn/deployments/delegate-statement";
import { type Address, type Hex, hashTypedData, isHex } from "viem";
import { type Rate, takeFrom } from "../../platform/db/load/rate-limit.ts";
import { codedError } from "../../platform/graphql/coded-error.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { systemClock } from "../../platform/time/clock.ts";
import { accountOf, keepStatement, type StatementRow } from "./repository.ts";

export interface SignedStatement extends StatementParts {
  delegate: string;
  signedAt: number;
  signature: string;
}

/** How far the signer's clock may be from ours, seconds. A signature that was seen elsewhere is useless soon. */
const CLOCK_SECONDS = 600;
/** Pause between two statements of one wallet, seconds. */
const REST_SECONDS = 5;
/** Longest signature, characters: those of contract wallets carry many. */
const LONGEST_SIGNATURE = 4_000;
/** Of all callers together: each attempt costs a recovery, and sometimes a call of a node. */
const RATE: Rate = { requests: 30, seconds: 10 };

/** EIP-712 digest of a statement. */
const digestOf = ({ delegate, name, text, link, signedAt }: Omit<SignedStatement, "signature">, chainId: number): Hex =>
  hashTypedData({
    domain: { ...statementDomain, chainId },
    types: statementTypes,
    primaryType: "DelegateStatement",
    message: { delegate: delegate as Address, name, text, link, signedAt: BigInt(signedAt) },
  });

/** A statement as the API tells it; null for one that was withdrawn. */
export function statementNode(row: StatementRow, chainId: number) {
  if (row.name === "") return null;
  const said = { delegate: row.account, name: row.name, text: row.statement, link: row.link };
  const signedAt = Number(row.signed_at);
  return { ...said, signedAt, hash: digestOf({ ...said, signedAt }, chainId), signature: row.signature };
}
export type StatementNode = NonNullable<ReturnType<typeof statementNode>>;

/** @throws `INPUT_INVALID` or `STATEMENT_EXPIRED` */
function requireShape(statement: SignedStatement): void {
  const [wrong] = wrongParts(statement);
  if (wrong)
    throw codedError("INPUT_INVALID", `the ${wrong} cannot be published: too long, unseen characters, or empty`);
  const { signature, signedAt } = statement;
  if (!isHex(signature) || signature.length > LONGEST_SIGNATURE)
    throw codedError("INPUT_INVALID", `a signature is 0x and hex digits, at most ${LONGEST_SIGNATURE} characters`);
  if (Math.abs(Date.now() / 1_000 - signedAt) > CLOCK_SECONDS)
    throw codedError("STATEMENT_EXPIRED", "it was not signed within the last ten minutes; sign it again");
}

/**
 * Keeps what a wallet says of itself, if the wallet carries votes and signed it.
 * @param statement with the delegate's address in lower case.
 * @throws `INPUT_INVALID`, `STATEMENT_EXPIRED`, `RATE_LIMITED`, `STATEMENT_NO_VOTES`, `SIGNATURE_INVALID`,
 * `STATEMENT_TOO_SOON`
 */
export async function publishStatement(statement: SignedStatement, context: Context): Promise<StatementNode | null> {
  requireShape(statement);
  const wait = await takeFrom(context.write, systemClock, "statements", RATE);
  if (wait > 0) throw codedError("RATE_LIMITED", `too many statements at once; try again in ${wait} s`);
  const { delegate, name, text, link, signedAt, signature } = statement;
  const account = await accountOf(context.read, delegate);
  if (!account || BigInt(account.units) + BigInt(account.votes) === 0n)
    throw codedError("STATEMENT_NO_VOTES", "only a wallet with units or votes publishes a statement");
  const hash = digestOf(statement, context.chainId);
  if (!(await context.isSignedBy(delegate as Address, hash, signature as Hex)))
    throw codedError("SIGNATURE_INVALID", "the delegate's wallet did not sign this");
  const row = { account: delegate, name, statement: text, link, signed_at: String(signedAt), signature };
  const kept = await keepStatement(context.write, row, REST_SECONDS);
  if (!kept) throw codedError("STATEMENT_TOO_SOON", "there is a later statement, or one of the last seconds");
  return statementNode(kept, context.chainId);
}
