import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { usePublicClient } from "../../shared/chain/public-client.ts";
import { useContracts } from "../../shared/chain/read.ts";
import { formatCount, formatTime } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { wordsOfRefusal } from "../../shared/session/refused-words.ts";
import type { Tone } from "../../shared/ui/Badge.tsx";
import { Button } from "../../shared/ui/Button.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { BlockLink } from "../../shared/ui/values/BlockLink.tsx";
import { type Fact, Facts } from "../../shared/ui/values/Facts.tsx";
import { HexText } from "../../shared/ui/values/HexText.tsx";
import type { Inclusion } from "./chain/inclusion.ts";
import { NumberField, seqOf } from "./NumberField.tsx";
import { proofOf } from "./trail.ts";

const tones: Record<Inclusion["state"], Tone> = {
  fine: "success",
  unrooted: "warning",
  unanchored: "warning",
  unproven: "danger",
  differs: "danger",
};

function Included({ inclusion }: { inclusion: Inclusion }) {
  const t = useT();
  const locale = useLocale();
  const { seq, block, state, anchor, root } = inclusion;
  const facts: Fact[] = [
    { name: t("audit.provenRoot"), value: root ? <HexText value={root} /> : "–" },
    { name: t("audit.onChain"), value: anchor ? <HexText value={anchor.root} /> : "–" },
    { name: t("audit.anchoredIn"), value: anchor ? <BlockLink number={anchor.blockNumber} /> : "–" },
    { name: t("audit.anchoredAt"), value: anchor ? formatTime(anchor.anchoredAt, locale) : "–" },
    { name: t("audit.askedAt"), value: <BlockLink number={block} /> },
  ];
  return (
    <div className="mt-4" data-testid="audit-inclusion" data-state={state}>
      <Notice tone={tones[state]}>{t(`audit.entry.${state}`, { seq: formatCount(seq) })}</Notice>
      <Facts facts={facts} />
    </div>
  );
}

/** One entry: its proof, followed here to a root, and that root as the chain carries it. */
export function EntryCheck() {
  const t = useT();
  const client = usePublicClient();
  const at = useContracts();
  const [written, setWritten] = useState("");
  const check = useMutation({
    mutationFn: async (seq: number) => {
      const [{ anchorsAt }, { judgeProof }] = await Promise.all([
        import("./chain/anchors.ts"),
        import("./chain/inclusion.ts"),
      ]);
      const anchors = await anchorsAt(client, at.addressOf("AuditAnchor"));
      return judgeProof(await proofOf(seq), anchors);
    },
  });
  const seq = seqOf(written);
  function run(event: FormEvent) {
    event.preventDefault();
    if (seq !== undefined) check.mutate(seq);
  }
  return (
    <Panel title={t("audit.entry")}>
      <p className="mb-3">{t("audit.entryLead")}</p>
      <form onSubmit={run}>
        <NumberField label={t("audit.entrySeq")} written={written} onChange={setWritten} testId="audit-seq" />
        <Button type="submit" busy={check.isPending} data-testid="audit-prove">
          {t("audit.prove")}
        </Button>
      </form>
      {check.error && <Notice tone="danger">{wordsOfRefusal(check.error, t)}</Notice>}
      {check.data && <Included inclusion={check.data} />}
    </Panel>
  );
}
