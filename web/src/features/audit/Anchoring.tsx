import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { formatCount, formatTime } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { BlockLink } from "../../shared/ui/values/BlockLink.tsx";
import { Facts } from "../../shared/ui/values/Facts.tsx";
import { type Roots, signedRoots } from "./trail.ts";

function Counts({ roots }: { roots: Roots["roots"] }) {
  const t = useT();
  const locale = useLocale();
  const waiting = roots.filter(({ anchor }) => anchor === null);
  const last = roots.findLast(({ anchor }) => anchor !== null);
  const [oldest] = waiting;
  const facts = [
    { name: t("audit.anchored"), value: formatCount(roots.length - waiting.length) },
    { name: t("audit.anchoredUpTo"), value: last ? formatCount(last.lastSeq) : "–" },
    { name: t("audit.anchoredIn"), value: last?.anchor ? <BlockLink number={last.anchor.blockNumber} /> : "–" },
  ];
  return (
    <>
      {oldest && (
        <Notice tone="warning">
          {t("audit.waiting", {
            count: formatCount(waiting.length),
            since: formatTime(Date.parse(oldest.madeAt) / 1_000, locale),
          })}
        </Notice>
      )}
      <Facts facts={facts} />
    </>
  );
}

/** Which signed roots the chain carries, as our mirror knows, and the way to a check that does not believe it. */
export function Anchoring() {
  const t = useT();
  const list = useQuery({ queryKey: ["audit", "roots"], queryFn: signedRoots });
  return (
    <Panel title={t("audit.anchoring")}>
      <p className="mb-3">{t("audit.anchoringLead")}</p>
      <Answer query={list} lines={3}>
        {({ roots }) => <Counts roots={roots} />}
      </Answer>
      <Link className={`mt-3 ${buttonLook("secondary")}`} to="/audit/verify" data-testid="audit-to-chain">
        {t("audit.toChain")}
      </Link>
    </Panel>
  );
}
