import { type Address, encodeFunctionData, type Hex, parseAbi, recoverAddress } from "viem";
import type { Rpc } from "./chain/rpc.ts";

/** Whether the wallet at an address, which may be a contract (EIP-1271), signed a digest. */
export type SignatureCheck = (account: Address, hash: Hex, signature: Hex) => Promise<boolean>;

const abi = parseAbi(["function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)"]);
const MAGIC = "0x1626ba7e";

/** Recovers the signer; what no key signed is put to the contract at the address, if there is one. */
export const signatureCheck =
  (rpc: Rpc): SignatureCheck =>
  async (account, hash, signature) => {
    const signer = await recoverAddress({ hash, signature }).catch(() => undefined);
    if (signer?.toLowerCase() === account.toLowerCase()) return true;
    const data = encodeFunctionData({ abi, args: [hash, signature] });
    const code = await rpc.ask([["eth_getCode", [account, "latest"]]], ([found]) => found as Hex);
    if (code.value === "0x") return false;
    const call = rpc.ask([["eth_call", [{ to: account, data }, "latest"]]], ([found]) => String(found));
    // A contract that refuses, or is none of that kind, answers by a revert.
    return call.then(
      ({ value }) => value.startsWith(MAGIC),
      () => false,
    );
  };
