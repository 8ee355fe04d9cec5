import { Link } from "@tanstack/react-router";
import { Gated } from "../../shared/action/gate/Gated.tsx";
import { useSources } from "../../shared/graphql/source.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { useMyValidator } from "./queries.ts";
import { RegisterForm } from "./registering/RegisterForm.tsx";
import { TierLadder } from "./tier/TierLadder.tsx";
import { ValidatorDesk } from "./ValidatorDesk.tsx";

/** Becoming a validator, and running one: registration, own stake, activation, commission income. */
export function RegisterPage() {
  const t = useT();
  const source = useSources();
  const mine = useMyValidator();
  const chain = source.chain(mine.block);
  return (
    <>
      <PageHeader
        title={t("operator.title")}
        lead={t("operator.lead")}
        actions={
          mine.data ? (
            <>
              <Link to="/operator/commission" className={buttonLook("secondary")}>
                {t("commission.title")}
              </Link>
              <Link to="/operator/slashes" className={buttonLook("secondary")}>
                {t("validator.slashes")}
              </Link>
            </>
          ) : undefined
        }
      />
      <div className="grid gap-5">
        <TierLadder self={mine.data?.self ?? 0n} kyc={mine.standing?.kycLevel ?? 0} source={chain} />
        <Gated needs={{ member: true, kyc: mine.data ? 0 : 2 }} canLook={Boolean(mine.data)}>
          <Answer query={mine} lines={6}>
            {(validator) =>
              validator === null ? (
                <RegisterForm memberNo={mine.memberNo} />
              ) : (
                <ValidatorDesk validator={validator} available={mine.standing?.tokens} source={chain} />
              )
            }
          </Answer>
        </Gated>
      </div>
    </>
  );
}
