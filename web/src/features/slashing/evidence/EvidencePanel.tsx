import { useQuery } from "@tanstack/react-query";
import { type Hex, keccak256 } from "viem";
import { useChain } from "../../../shared/chain/context.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Loading } from "../../../shared/ui/states/Loading.tsx";
import { HexText } from "../../../shared/ui/values/HexText.tsx";
import type { SignedVotes } from "../queries.ts";
import { Check, VotePair } from "./VotePair.tsx";
import { examine, type Vote } from "./votes.ts";

/** The two signed votes of a double sign, examined here and now: nobody has to be believed. */
export function EvidencePanel({
  evidence,
  evidenceHash,
  validatorId,
}: {
  evidence: SignedVotes;
  evidenceHash: Hex;
  validatorId: number;
}) {
  const t = useT();
  const source = useSources();
  const { config, deployment } = useChain();
  const manager = deployment.contracts.SlashingManager.address;
  const votes = evidence.votes.map(
    (vote): Vote => ({ ...vote, chainId: BigInt(vote.chainId), height: BigInt(vote.height) }),
  );
  const found = useQuery({
    queryKey: ["evidence", evidenceHash],
    queryFn: () => examine({ ...evidence, votes }, config.chainId, manager),
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
  const record = useChainRead(["key-record", evidence.key], ({ client, at }) =>
    client.readContract({ ...at.validators, functionName: "keyRecord", args: [keccak256(evidence.key)] }),
  );
  return (
    <Panel
      title={t("evidence.title")}
      source={`${source.indexed} · ${source.chain(record.block)}`}
      data-testid="evidence"
    >
      <p className="mb-3 text-sm text-muted">{t("evidence.meaning")}</p>
      {!found ? (
        <Loading lines={3} />
      ) : (
        <>
          <VotePair evidence={{ ...evidence, votes }} found={found} />
          <ul className="mt-3 divide-y divide-line">
            <Check isFine={found.isConflicting} label={t("evidence.conflicting")} />
            <Check isFine={found.isSigned} label={t("evidence.signed")} />
            <Check isFine={found.evidenceHash === evidenceHash.toLowerCase()} label={t("evidence.hash")} />
            <Check
              isFine={record.data && record.data.validatorId === validatorId}
              label={t("evidence.registered", { id: validatorId })}
            />
          </ul>
          <p className="mt-2 text-sm">
            {t("evidence.key")}: <HexText value={evidence.key} ends={6} />
          </p>
        </>
      )}
    </Panel>
  );
}
