import type { Address, Hex } from "viem";
import { useT } from "../../../shared/i18n/i18n.ts";
import { useTrials } from "../parts/trial.ts";
import type { ProposalCall } from "../queries.ts";
import { Calls } from "./Calls.tsx";

/** The calls of a proposal that is not over, and how each would end now. */
export function TriedCalls({ calls }: { calls: ProposalCall[] }) {
  const t = useT();
  const trials = useTrials(
    calls.map(({ target, calldata }) => ({ target: target as Address, calldata: calldata as Hex })),
  );
  return (
    <>
      <Calls calls={calls} trials={trials} />
      <p className="mt-3 text-sm text-muted">{t("trial.apart")}</p>
    </>
  );
}
