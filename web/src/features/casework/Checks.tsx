import { useT } from "../../shared/i18n/i18n.ts";
import { Badge } from "../../shared/ui/Badge.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { type Fact, Facts } from "../../shared/ui/values/Facts.tsx";
import type { Case } from "./queries.ts";

const tones = { passed: "success", failed: "danger", unclear: "warning" } as const;

/** Who applies, and what the provider found. */
export function Checks({ one }: { one: Case }) {
  const t = useT();
  const { applicant, findings } = one;
  const yesNo = (value: boolean | null) => (value === null ? "–" : t(value ? "casework.yes" : "casework.no"));
  const facts: Fact[] = [
    { name: t("work.level"), value: t(`kyc.${one.level}`) },
    { name: t("work.state"), value: <span data-testid="case-state">{t(`case.${one.state}`)}</span> },
    { name: t("field.legalName"), value: applicant.legal_name ?? "–" },
    { name: t("field.latinName"), value: applicant.latin_name ?? "–" },
    { name: t("field.birthDate"), value: applicant.birth_date ?? "–" },
    { name: t("field.nationality"), value: applicant.nationality ?? "–" },
    { name: t("casework.provider"), value: one.provider },
    { name: t("work.answer"), value: t(`answer.${one.answer}`) },
    ...(findings?.checks ?? []).map(({ name, result }) => ({
      name: t("casework.check", { name }),
      value: <Badge tone={tones[result]}>{t(`result.${result}`)}</Badge>,
    })),
    { name: t("casework.score"), value: findings?.amlScore ?? "–" },
    { name: t("casework.sanctioned"), value: yesNo(findings?.isSanctioned ?? null) },
    { name: t("casework.exposed"), value: yesNo(findings?.isExposed ?? null) },
  ];
  return (
    <Panel title={t("casework.checks")} data-testid="checks">
      <Facts facts={facts} />
      {(findings?.labels.length ?? 0) > 0 && <p className="mt-2 font-mono text-sm">{findings?.labels.join(", ")}</p>}
    </Panel>
  );
}
