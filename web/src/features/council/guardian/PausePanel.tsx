import { protocolLensAbi } from "@tburn/deployments/abi/protocol-lens";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChainNow } from "../../../shared/chain/head.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { formatTime } from "../../../shared/format/number.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { type Column, DataTable } from "../../../shared/ui/DataTable.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Countdown } from "../../../shared/ui/values/Countdown.tsx";
import { resumeScope } from "../actions/resume-scope.ts";
import { officesOf, type Scope, scopes } from "../contracts.ts";
import { PauseForm } from "./PauseForm.tsx";

export interface Stop {
  scope: Scope;
  until: number;
  nextAt: number;
}

function Standing({ stop }: { stop: Stop }) {
  const t = useT();
  const now = useChainNow();
  return now < stop.until ? (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Badge tone="danger">{t("pause.stopped")}</Badge> <Countdown seconds={stop.until - now} />
    </span>
  ) : (
    <Badge tone="success">{t("pause.running")}</Badge>
  );
}

function Next({ stop }: { stop: Stop }) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  if (now < stop.until)
    return (
      <ActionButton
        action={resumeScope}
        input={{ scope: stop.scope }}
        label={t("pause.resume")}
        kind="secondary"
        testId={`resume-${stop.scope}`}
      />
    );
  return <>{now < stop.nextAt ? formatTime(stop.nextAt, locale) : t("pause.anytime")}</>;
}

/** What stands still, what may be stopped, and how much of the budget is left. */
export function PausePanel() {
  const t = useT();
  const source = useSources();
  const read = useChainRead(["pause-stops"], async ({ client, at }) => {
    const lens = { address: at.addressOf("ProtocolLens"), abi: protocolLensAbi } as const;
    const [stops, used] = await Promise.all([
      client.readContract({ ...lens, functionName: "stops" }),
      client.readContract({ ...officesOf(at).pause, functionName: "exitSecondsUsed" }),
    ]);
    return { stops: scopes.map((scope, index): Stop => ({ scope, until: 0, nextAt: 0, ...stops[index] })), used };
  });
  const columns: Column<Stop>[] = [
    { key: "scope", title: t("pause.scope"), cell: ({ scope }) => <strong>{t(`pauseScope.${scope}`)}</strong> },
    { key: "standing", title: t("case.state"), cell: (stop) => <Standing stop={stop} /> },
    { key: "next", title: t("pause.next"), cell: (stop) => <Next stop={stop} /> },
  ];
  return (
    <Panel title={t("pause.title")} source={source.chain(read.block)} data-testid="pause-panel">
      <p className="mb-3 text-sm text-muted">{t("pause.meaning")}</p>
      <Answer query={read} lines={6}>
        {({ stops, used }) => (
          <>
            <DataTable caption={t("pause.title")} columns={columns} rows={stops} rowKey={({ scope }) => scope} />
            <PauseForm stops={stops} used={used} />
          </>
        )}
      </Answer>
    </Panel>
  );
}
