import { useState } from "react";
import { useChainNow } from "../../../shared/chain/head.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { parseBps } from "../../../shared/format/percent.ts";
import { isHash } from "../../../shared/statement/document.ts";
import { secondsOf, type WrittenDuration } from "../../../shared/ui/form/DurationField.tsx";
import type { Accusation } from "../actions/propose-slash.ts";
import { type ArguedKind, arguedKinds, officesOf } from "../contracts.ts";

export const BPS = 10n ** 14n;

/** What a kind costs at most, how old a fault may be, and the bond: from the contract. */
const useTerms = (kind: ArguedKind) =>
  useChainRead(["propose-terms", kind], async ({ client, at }) => {
    const { slashing } = officesOf(at);
    const [highest, { bond }, { evidenceMaxAge }] = await Promise.all([
      client.readContract({ ...slashing, functionName: "fractionOf", args: [arguedKinds[kind]] }),
      client.readContract({ ...slashing, functionName: "terms" }),
      client.readContract({ ...slashing, functionName: "windows" }),
    ]);
    return { highest, bond, evidenceMaxAge };
  }).data;

/** What stands in the form, and the accusation it makes. */
export function useAccusation() {
  const now = useChainNow();
  const [validator, setValidator] = useState("");
  const [kind, setKind] = useState<ArguedKind>("INVALID_BLOCK");
  const [ago, setAgo] = useState<WrittenDuration>({ count: "1", unit: "minutes" });
  const [rate, setRate] = useState("");
  const [hash, setHash] = useState("");
  const terms = useTerms(kind);
  const seconds = secondsOf(ago);
  const bps = parseBps(rate);
  const fraction = bps === undefined ? undefined : BigInt(bps) * BPS;
  const evidenceHash = hash.trim();
  const isOld = seconds !== undefined && terms !== undefined && seconds > terms.evidenceMaxAge;
  const isFraction = fraction !== undefined && terms !== undefined && fraction > 0n && fraction <= terms.highest;
  const isValidator = /^[1-9]\d{0,8}$/.test(validator);
  const accusation: Accusation | undefined =
    isValidator && seconds !== undefined && !isOld && isFraction && isHash(evidenceHash)
      ? { validatorId: Number(validator), kind, faultAt: now - seconds, fraction, evidenceHash, bond: terms.bond }
      : undefined;
  return {
    ...{ validator, setValidator, kind, setKind, ago, setAgo, rate, setRate, hash, setHash },
    ...{ terms, isOld, isFraction, accusation },
  };
}
