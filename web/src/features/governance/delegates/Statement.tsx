import { useQuery } from "@tanstack/react-query";
import { wrongParts } from "@tburn/deployments/delegate-statement";
import type { Hex } from "viem";
import { useChain } from "../../../shared/chain/context.ts";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { HexText } from "../../../shared/ui/values/HexText.tsx";
import type { PublishedStatement } from "./queries.ts";
import { isOwnWord } from "./statement-signature.ts";

/** What a delegate says of itself. Its words are shown as text, and its name never in the place of a validator's. */
export function Statement({ statement, source }: { statement: PublishedStatement; source: string }) {
  const t = useT();
  const locale = useLocale();
  const { config } = useChain();
  const { name, text, link, signedAt, hash } = statement;
  const isOwn = useQuery({
    queryKey: ["own-word", hash, statement.signature],
    queryFn: async () =>
      (await isOwnWord(statement as PublishedStatement & { signature: Hex }, config.chainId)) ?? false,
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
  return (
    <Panel title={t("statements.title")} source={source} data-testid="statement">
      <p className="text-lg font-semibold">{name}</p>
      <p className="mt-2 whitespace-pre-line">{text}</p>
      {link !== "" && wrongParts(statement).length === 0 && (
        <p className="mt-3">
          <a
            className="link inline-flex min-h-6 items-center break-all"
            href={link}
            target="_blank"
            rel="noopener noreferrer nofollow"
          >
            {link}
          </a>
        </p>
      )}
      <p className="mt-4 flex flex-wrap items-center gap-2 text-sm text-muted">
        {isOwn !== undefined && (
          <Badge tone={isOwn ? "success" : "neutral"}>{t(isOwn ? "statements.own" : "statements.byIndexer")}</Badge>
        )}
        <span>{formatTime(signedAt, locale)}</span>
        <HexText value={hash} />
      </p>
      <p className="mt-2 text-sm text-muted">{t("statements.unchecked")}</p>
    </Panel>
  );
}
