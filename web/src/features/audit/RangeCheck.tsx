import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { usePublicClient } from "../../shared/chain/public-client.ts";
import { useContracts } from "../../shared/chain/read.ts";
import { formatCount, formatTime } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { wordsOfRefusal } from "../../shared/session/refused-words.ts";
import { Badge } from "../../shared/ui/Badge.tsx";
import { Button } from "../../shared/ui/Button.tsx";
import { type Column, DataTable } from "../../shared/ui/DataTable.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { BlockLink } from "../../shared/ui/values/BlockLink.tsx";
import { HexText } from "../../shared/ui/values/HexText.tsx";
import type { Comparison, Stretch } from "./chain/compare.ts";
import { NumberField, seqOf } from "./NumberField.tsx";
import { entriesFrom } from "./trail.ts";

function Stretches({ stretches }: { stretches: Stretch[] }) {
  const t = useT();
  const locale = useLocale();
  const columns: Column<Stretch>[] = [
    {
      key: "range",
      title: t("audit.stretch"),
      cell: ({ anchor }) => `${formatCount(anchor.firstSeq)} – ${formatCount(anchor.lastSeq)}`,
    },
    {
      key: "state",
      title: t("audit.state"),
      cell: ({ state }) => <Badge tone={state === "fine" ? "success" : "danger"}>{t(`audit.stretch.${state}`)}</Badge>,
    },
    {
      key: "mine",
      title: t("audit.recomputed"),
      cell: ({ recomputed }) => (recomputed ? <HexText value={recomputed} /> : "–"),
    },
    { key: "chain", title: t("audit.onChain"), cell: ({ anchor }) => <HexText value={anchor.root} /> },
    {
      key: "block",
      title: t("audit.block"),
      cell: ({ anchor }) => <BlockLink number={anchor.blockNumber} />,
      isNumber: true,
    },
    { key: "at", title: t("audit.at"), cell: ({ anchor }) => formatTime(anchor.anchoredAt, locale), isMinor: true },
  ];
  return (
    <DataTable
      caption={t("audit.stretches")}
      columns={columns}
      rows={stretches}
      rowKey={({ anchor }) => String(anchor.firstSeq)}
      rowTestId="audit-stretch"
    />
  );
}

function Compared({ comparison }: { comparison: Comparison }) {
  const t = useT();
  const { block, stretches, unanchoredFrom, areMore } = comparison;
  const bad = stretches.filter(({ state }) => state !== "fine");
  const state = bad.length > 0 ? "bad" : stretches.length > 0 ? "fine" : "unanchored";
  return (
    <div className="mt-4 grid gap-3" data-testid="audit-compared" data-state={state}>
      {state === "fine" && (
        <Notice tone="success">
          {t("audit.chainHolds", { count: formatCount(stretches.length), block: formatCount(block) })}
        </Notice>
      )}
      {bad.map(({ anchor, state, badSeq }) => (
        <Notice key={anchor.firstSeq} tone="danger">
          {t(`audit.chain.${state}`, {
            ...{ first: formatCount(anchor.firstSeq), last: formatCount(anchor.lastSeq) },
            seq: formatCount(badSeq ?? anchor.firstSeq),
          })}
        </Notice>
      ))}
      {unanchoredFrom !== null && (
        <Notice tone="warning">
          {t(areMore ? "audit.chain.unanchored" : "audit.chain.beyond", {
            ...{ seq: formatCount(unanchoredFrom), block: formatCount(block) },
          })}
        </Notice>
      )}
      {stretches.length > 0 && <Stretches stretches={stretches} />}
    </div>
  );
}

function useComparison(progress: (text: string) => void) {
  const client = usePublicClient();
  const at = useContracts();
  return useMutation({
    mutationFn: async (range: { from: number; to: number }) => {
      const [{ anchorsAt }, { compareRange }] = await Promise.all([
        import("./chain/anchors.ts"),
        import("./chain/compare.ts"),
      ]);
      // The chain first: what is anchored meanwhile is not missed then.
      const anchors = await anchorsAt(client, at.addressOf("AuditAnchor"));
      return compareRange(anchors, entriesFrom, range, (done, all) => progress(`${done} / ${all}`));
    },
  });
}

/** A range of the trail, recomputed here and held against what the chain carries. */
export function RangeCheck() {
  const t = useT();
  const [from, setFrom] = useState("1");
  const [to, setTo] = useState("");
  const [done, setDone] = useState("");
  const check = useComparison(setDone);
  const [first, last] = [seqOf(from), seqOf(to)];
  const isBackwards = first !== undefined && last !== undefined && last < first;
  function run(event: FormEvent) {
    event.preventDefault();
    if (first !== undefined && last !== undefined && !isBackwards) check.mutate({ from: first, to: last });
  }
  return (
    <Panel title={t("audit.range")}>
      <p className="mb-3">{t("audit.rangeLead")}</p>
      <form onSubmit={run}>
        <div className="grid gap-x-4 sm:grid-cols-2">
          <NumberField label={t("audit.from")} written={from} onChange={setFrom} testId="audit-from" />
          <NumberField
            label={t("audit.to")}
            written={to}
            onChange={setTo}
            testId="audit-to"
            error={isBackwards ? t("audit.backwards") : undefined}
          />
        </div>
        <Button type="submit" kind="primary" busy={check.isPending} data-testid="audit-compare">
          {t("audit.compare")}
        </Button>
      </form>
      <div aria-live="polite" className="mt-2 text-sm text-muted">
        {check.isPending && t("audit.stretchesDone", { done })}
      </div>
      {check.error && <Notice tone="danger">{wordsOfRefusal(check.error, t)}</Notice>}
      {check.data && <Compared comparison={check.data} />}
    </Panel>
  );
}
