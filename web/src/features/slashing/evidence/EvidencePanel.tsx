import { useQuery } from "@tanstack/react-query";
import { type Hex, keccak256 } from "viem";
import { useChain } from "../../../shared/chain/context.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Loading } from "../../../shared/ui/states/Loading.tsx";
import { HexText } from "../../../shared/ui/values/HexText.tsx";
import type { SignedVotes } from "../queries.ts";
import { type Examined, examine } from "./votes.ts";

function VoteFacts({ evidence, found, index }: { evidence: SignedVotes; found: Examined; index: number }) {
  const t = useT();
  const vote = evidence.votes[index];
  if (!vote) return null;
  const rows: [string, Hex | undefined][] = [
    [t("evidence.blockHash"), vote.blockHash],
    [t("evidence.signature"), evidence.signatures[index]],
    [t("evidence.digest"), found.digests[index]],
    [t("evidence.signer"), found.signers[index]],
  ];
  return (
    <div className="min-w-0 rounded-lg border border-line bg-bg p-3">
      <h3 className="font-semibold">{t(index === 0 ? "evidence.first" : "evidence.second")}</h3>
      <p className="num text-sm text-muted">
        {t("evidence.place", { height: vote.height, round: vote.round, step: vote.step })}
      </p>
      <dl className="mt-1 grid gap-1 text-sm">
        {rows.map(
          ([name, value]) =>
            value && (
              <div key={name} className="flex flex-wrap justify-between gap-x-3">
                <dt className="text-muted">{name}</dt>
                <dd>
                  <HexText value={value} ends={6} />
                </dd>
              </div>
            ),
        )}
      </dl>
    </div>
  );
}

function Check({ isFine, label }: { isFine: boolean | undefined; label: string }) {
  const t = useT();
  const tone = isFine === undefined ? "neutral" : isFine ? "success" : "danger";
  const word = isFine === undefined ? "evidence.byContract" : isFine ? "evidence.right" : "evidence.wrong";
  return (
    <li
      className="flex flex-wrap items-center justify-between gap-2 py-1"
      data-testid="evidence-check"
      data-fine={isFine}
    >
      <span>{label}</span>
      <Badge tone={tone}>{t(word)}</Badge>
    </li>
  );
}

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
  const found = useQuery({
    queryKey: ["evidence", evidenceHash],
    queryFn: () => {
      const votes = evidence.votes.map((vote) => ({
        ...vote,
        chainId: BigInt(vote.chainId),
        height: BigInt(vote.height),
      }));
      return examine({ ...evidence, votes }, evidenceHash, config.chainId, manager);
    },
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
          <div className="grid gap-3 md:grid-cols-2">
            <VoteFacts evidence={evidence} found={found} index={0} />
            <VoteFacts evidence={evidence} found={found} index={1} />
          </div>
          <ul className="mt-3 divide-y divide-line">
            <Check isFine={found.isConflicting} label={t("evidence.conflicting")} />
            <Check isFine={found.isSigned} label={t("evidence.signed")} />
            <Check isFine={found.isHashRight} label={t("evidence.hash")} />
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
