import { Gated } from "../../../shared/action/gate/Gated.tsx";
import { useT } from "../../../shared/i18n/i18n.ts";
import { PageHeader } from "../../../shared/ui/PageHeader.tsx";
import { DraftForm } from "./DraftForm.tsx";
import { Eligibility } from "./Eligibility.tsx";

/** Writing a proposal: whether one may, what it says, what it does, how that would end. */
export function DraftPage() {
  const t = useT();
  return (
    <>
      <PageHeader title={t("draft.title")} lead={t("draft.lead")} />
      <Gated needs={{}}>
        <div className="grid gap-5">
          <Eligibility />
          <DraftForm />
        </div>
      </Gated>
    </>
  );
}
