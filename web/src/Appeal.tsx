import { useParams, useSearch } from "@tanstack/react-router";
import { lazy } from "react";
import { Gated } from "./shared/action/gate/Gated.tsx";
import { useT } from "./shared/i18n/i18n.ts";
import { PageHeader } from "./shared/ui/PageHeader.tsx";
import { Empty } from "./shared/ui/states/Empty.tsx";
import { NotFound } from "./shell/NotFound.tsx";

const CasePage = lazy(async () => ({ default: (await import("./features/slashing/CasePage.tsx")).CasePage }));
const AppealCase = lazy(async () => ({ default: (await import("./features/slashing/AppealCase.tsx")).AppealCase }));
const SuspensionPage = lazy(async () => ({
  default: (await import("./features/suspensions/SuspensionPage.tsx")).SuspensionPage,
}));
const AppealSuspension = lazy(async () => ({
  default: (await import("./features/suspensions/AppealSuspension.tsx")).AppealSuspension,
}));

/** One address for whatever can be appealed: `case-12`, `suspension-3`. */
export function Appeal() {
  const { id } = useParams({ from: "/appeals/$id" });
  const [, kind, number] = /^(case|suspension)-([1-9]\d{0,8})$/.exec(id) ?? [];
  if (kind === "case") return <CasePage caseId={Number(number)} />;
  if (kind === "suspension") return <SuspensionPage suspensionId={Number(number)} />;
  return <NotFound />;
}

/** Writes and signs an appeal. A suspended member may: that is what it is for. */
export function NewAppeal() {
  const t = useT();
  const { case: caseId, suspension: suspensionId } = useSearch({ from: "/appeals/new" });
  const about = caseId ?? suspensionId;
  return (
    <>
      <PageHeader
        title={t("appeal.title")}
        lead={
          about === undefined ? undefined : t(caseId === undefined ? "suspension.title" : "case.title", { id: about })
        }
      />
      {about === undefined ? (
        <Empty title={t("appeal.nothing")} reason={t("appeal.nothingReason")} />
      ) : (
        <Gated needs={{}}>
          {caseId === undefined ? <AppealSuspension suspensionId={about} /> : <AppealCase caseId={about} />}
        </Gated>
      )}
    </>
  );
}
