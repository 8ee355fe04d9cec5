import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { formatCount } from "../../shared/format/number.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { wordsOfRefusal } from "../../shared/session/refused-words.ts";
import { Button, buttonLook } from "../../shared/ui/Button.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { Facts } from "../../shared/ui/values/Facts.tsx";
import { entriesFrom, signedRoots } from "./trail.ts";
import type { Finding } from "./verify.ts";

const PAGE = 1_000;

async function recompute(progress: (checked: number) => void): Promise<Finding> {
  const { Check } = await import("./verify.ts");
  const check = new Check();
  // Roots first: what is sealed meanwhile lies after the last of them.
  const roots = await signedRoots();
  for (;;) {
    const entries = await entriesFrom(check.checked + 1, PAGE);
    await check.take(entries);
    progress(check.checked);
    if (check.firstBad || entries.length < PAGE) return check.against(roots);
  }
}

function Found({ finding }: { finding: Finding }) {
  const t = useT();
  const isFine = !finding.firstBad && finding.badRoots.length === 0 && finding.unrooted >= 0;
  const facts = [
    { name: t("audit.checked"), value: <span data-testid="audit-checked">{formatCount(finding.checked)}</span> },
    { name: t("audit.roots"), value: formatCount(finding.roots) },
    { name: t("audit.unrooted"), value: formatCount(Math.max(0, finding.unrooted)) },
  ];
  const bundle = JSON.stringify({ ...finding, checkedAt: new Date().toISOString() }, null, 2);
  return (
    <div className="mt-4" data-testid="audit-finding" data-fine={isFine}>
      {isFine && <Notice tone="success">{t("audit.holds")}</Notice>}
      {finding.firstBad && (
        <Notice tone="danger">{t(`audit.bad.${finding.firstBad.problem}`, { seq: finding.firstBad.seq })}</Notice>
      )}
      {finding.badRoots.length > 0 && (
        <Notice tone="danger">{t("audit.badRoots", { list: finding.badRoots.join(", ") })}</Notice>
      )}
      {finding.unrooted < 0 && <Notice tone="danger">{t("audit.cut")}</Notice>}
      <Facts facts={facts} />
      <a
        className={`mt-3 inline-block ${buttonLook("secondary")}`}
        download="audit-finding.json"
        href={`data:application/json;charset=utf-8,${encodeURIComponent(bundle)}`}
      >
        {t("audit.download")}
      </a>
    </div>
  );
}

/** The auditor's own browser recomputes every entry, the chain over them, and the signed roots. */
export function VerifyPanel() {
  const t = useT();
  const [done, setDone] = useState(0);
  const check = useMutation({ mutationFn: () => recompute(setDone) });
  return (
    <Panel title={t("audit.verify")}>
      <p className="mb-3">{t("audit.verifyLead")}</p>
      <Button kind="primary" busy={check.isPending} data-testid="audit-run" onClick={() => check.mutate()}>
        {t("audit.run")}
      </Button>
      <div aria-live="polite" className="mt-2 text-sm text-muted">
        {check.isPending && t("audit.progress", { count: formatCount(done) })}
      </div>
      {check.error && <Notice tone="danger">{wordsOfRefusal(check.error, t)}</Notice>}
      {check.data && <Found finding={check.data} />}
    </Panel>
  );
}
