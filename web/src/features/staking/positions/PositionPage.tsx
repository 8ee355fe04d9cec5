import { Link, useParams } from "@tanstack/react-router";
import { Gated } from "../../../shared/action/gate/Gated.tsx";
import { useStanding } from "../../../shared/action/gate/use-gate.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { formatTime } from "../../../shared/format/number.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useValidatorNames } from "../../../shared/graphql/validator-names.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { buttonLook } from "../../../shared/ui/Button.tsx";
import { PageHeader } from "../../../shared/ui/PageHeader.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { Facts } from "../../../shared/ui/values/Facts.tsx";
import { type Position, readPosition } from "../queries.ts";
import { LienPanel } from "./LienPanel.tsx";
import { RedelegatePanel } from "./RedelegatePanel.tsx";
import { RewardsPanel } from "./RewardsPanel.tsx";
import { UndelegatePanel } from "./UndelegatePanel.tsx";

function Overview({ position, source }: { position: Position; source: string }) {
  const t = useT();
  const locale = useLocale();
  const nameOf = useValidatorNames();
  const { validatorId, value, since, lien } = position;
  return (
    <Panel title={t("position.overview")} source={source}>
      <Facts
        facts={[
          {
            name: t("validator.one"),
            value: (
              <Link className="link" to="/validators/$id" params={{ id: String(validatorId) }}>
                {nameOf(validatorId)}
              </Link>
            ),
          },
          { name: t("stake.value"), value: <Amount value={value} source={source} digits={18} noted /> },
          { name: t("position.since"), value: formatTime(since, locale) },
          {
            name: t("stake.state"),
            value:
              lien === 0n ? (
                <Badge tone="success">{t("position.free")}</Badge>
              ) : (
                <Badge tone="warning">{t("stake.lien")}</Badge>
              ),
          },
        ]}
      />
    </Panel>
  );
}

/** One position: what it is worth, what it earned, and the ways to move or leave. */
export function PositionPage() {
  const t = useT();
  const source = useSources();
  const { id } = useParams({ from: "/stake/positions/$id" });
  const isNumber = /^\d{1,30}$/.test(id);
  const { data: standing, address } = useStanding();
  const read = useChainRead(["position", id], (reader) => readPosition(reader, BigInt(id)), { enabled: isNumber });
  const chain = source.chain(read.block);
  const back = (
    <Link to="/stake" className={buttonLook("primary")}>
      {t("stake.title")}
    </Link>
  );
  if (!isNumber || (read.data && read.data.shares === 0n))
    return (
      <>
        <PageHeader title={t("position.title", { id })} />
        <Empty title={t("position.closed")} reason={t("position.closedReason")}>
          {back}
        </Empty>
      </>
    );
  return (
    <>
      <PageHeader title={t("position.title", { id })} />
      <Answer query={read} lines={8}>
        {(position) => {
          const isMine = standing !== undefined && standing.memberNo === position.memberNo;
          return (
            <div className="grid items-start gap-5 lg:grid-cols-2">
              <div className="grid gap-5">
                <Overview position={position} source={chain} />
                {isMine && <RewardsPanel position={position} source={chain} />}
                {isMine && position.lien !== 0n && <LienPanel position={position} source={chain} />}
              </div>
              <div className="grid gap-5">
                {isMine && position.lien === 0n && <RedelegatePanel position={position} />}
                {isMine && <UndelegatePanel position={position} source={chain} />}
                {!address && <Gated needs={{}}>{null}</Gated>}
                {standing && !isMine && <Notice tone="warning" title={t("position.notYours")} />}
              </div>
            </div>
          );
        }}
      </Answer>
    </>
  );
}
