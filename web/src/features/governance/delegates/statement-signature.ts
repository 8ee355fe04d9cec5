import { type StatementParts, statementDomain, statementTypes } from "@tburn/deployments/delegate-statement";
import { type Address, type Hex, hashTypedData, recoverAddress } from "viem";

/** A statement as the wallet signs it. */
export interface DatedStatement extends StatementParts {
  delegate: Address;
  /** Unix seconds by the signer's clock. */
  signedAt: number;
}

/** What the wallet is asked to sign. */
export const statementData = ({ delegate, name, text, link, signedAt }: DatedStatement, chainId: number) =>
  ({
    domain: { ...statementDomain, chainId },
    types: statementTypes,
    primaryType: "DelegateStatement",
    message: { delegate, name, text, link, signedAt: BigInt(signedAt) },
  }) as const;

/** Whether the delegate's own key signed; undefined where only a contract can tell. */
export async function isOwnWord(
  statement: DatedStatement & { signature: Hex },
  chainId: number,
): Promise<true | undefined> {
  const hash = hashTypedData(statementData(statement, chainId));
  const signer = await recoverAddress({ hash, signature: statement.signature }).catch(() => undefined);
  return signer?.toLowerCase() === statement.delegate.toLowerCase() || undefined;
}
