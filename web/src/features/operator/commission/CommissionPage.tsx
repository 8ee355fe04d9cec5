import { Link } from "@tanstack/react-router";
import { Gated } from "../../../shared/action/gate/Gated.tsx";
import { useSources } from "../../../shared/graphql/source.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { buttonLook } from "../../../shared/ui/Button.tsx";
import { PageHeader } from "../../../shared/ui/PageHeader.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { useMyValidator } from "../queries.ts";
import { CommissionForm } from "./CommissionForm.tsx";

/** The validator's rate: lowered at once, raised after a notice. */
export function CommissionPage() {
  const t = useT();
  const source = useSources();
  const mine = useMyValidator();
  return (
    <>
      <PageHeader title={t("commission.title")} lead={t("commission.lead")} />
      <Gated needs={{ member: true }} canLook>
        <Answer query={mine}>
          {(validator) =>
            validator === null ? (
              <Empty title={t("commission.none")} reason={t("commission.noneReason")}>
                <Link to="/operator/register" className={buttonLook("primary")}>
                  {t("operator.register")}
                </Link>
              </Empty>
            ) : (
              <CommissionForm validator={validator} source={source.chain(mine.block)} />
            )
          }
        </Answer>
      </Gated>
    </>
  );
}
