import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { keccak256 } from "viem";
import { useChain } from "../../../shared/chain/context.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useValidatorNames } from "../../../shared/graphql/validator-names.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Loading } from "../../../shared/ui/states/Loading.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import type { SignedPair } from "../evidence/provable.ts";
import { Check, VotePair } from "../evidence/VotePair.tsx";
import { examine } from "../evidence/votes.ts";
import { CommitAndReport } from "./CommitAndReport.tsx";

/** Whose key it is and whether there is still somebody to punish; 0 where nobody registered it. */
const useAccused = ({ key }: SignedPair) =>
  useChainRead(["accused-by-key", key], async ({ client, at }) => {
    const { validatorId } = await client.readContract({
      ...at.validators,
      functionName: "keyRecord",
      args: [keccak256(key)],
    });
    if (validatorId === 0) return { validatorId, isTombstoned: false };
    const { tombstoned } = await client.readContract({
      ...at.validators,
      functionName: "validator",
      args: [validatorId],
    });
    return { validatorId, isTombstoned: tombstoned };
  });

/** What this browser makes of two votes, and the report where they prove a double sign. */
export function Examination({ pair }: { pair: SignedPair }) {
  const t = useT();
  const source = useSources();
  const nameOf = useValidatorNames();
  const { config, deployment } = useChain();
  const votes = { key: pair.key, votes: [pair.a, pair.b], signatures: [pair.sigA, pair.sigB] };
  const found = useQuery({
    queryKey: ["examined", pair.key, pair.sigA, pair.sigB],
    queryFn: () => examine(votes, config.chainId, deployment.contracts.SlashingManager.address),
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
  const { data: accused, block } = useAccused(pair);
  if (!found || !accused) return <Loading lines={6} />;
  const { validatorId, isTombstoned } = accused;
  const isProof = found.isConflicting && found.isSigned && validatorId !== 0 && !isTombstoned;
  return (
    <div className="grid gap-5">
      <Panel title={t("report.examined")} source={source.chain(block)} data-testid="examined">
        <VotePair evidence={votes} found={found} />
        <ul className="mt-3 divide-y divide-line">
          <Check isFine={found.isConflicting} label={t("evidence.conflicting")} />
          <Check isFine={found.isSigned} label={t("evidence.signed")} />
          <Check isFine={validatorId !== 0} label={t("report.registered")} />
        </ul>
        {validatorId !== 0 && (
          <p className="mt-3">
            {t("report.accused")}{" "}
            <Link className="link" to="/validators/$id" params={{ id: String(validatorId) }}>
              {nameOf(validatorId)}
            </Link>
          </p>
        )}
        {isTombstoned && <Notice title={t("report.tombstoned")} />}
      </Panel>
      {isProof && <CommitAndReport pair={pair} evidenceHash={found.evidenceHash} />}
    </div>
  );
}
