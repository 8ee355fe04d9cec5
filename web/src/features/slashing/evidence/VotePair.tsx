import type { Hex } from "viem";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { HexText } from "../../../shared/ui/values/HexText.tsx";
import type { Examined, Vote } from "./votes.ts";

interface Votes {
  votes: Vote[];
  signatures: Hex[];
}

function VoteFacts({ evidence, found, index }: { evidence: Votes; found: Examined; index: number }) {
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
        {t("evidence.place", { height: String(vote.height), round: vote.round, step: vote.step })}
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

/** One thing that was examined; undefined while it is read. */
export function Check({ isFine, label }: { isFine: boolean | undefined; label: string }) {
  const t = useT();
  const tone = isFine === undefined ? "neutral" : isFine ? "success" : "danger";
  const word = isFine === undefined ? "evidence.checking" : isFine ? "evidence.right" : "evidence.wrong";
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

/** Two votes side by side, as signed and as examined. */
export function VotePair({ evidence, found }: { evidence: Votes; found: Examined }) {
  return (
    <div className="grid gap-3 md:grid-cols-2">
      <VoteFacts evidence={evidence} found={found} index={0} />
      <VoteFacts evidence={evidence} found={found} index={1} />
    </div>
  );
}
