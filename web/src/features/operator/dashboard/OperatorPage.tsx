import { Link } from "@tanstack/react-router";
import { Gated } from "../../../shared/action/gate/Gated.tsx";
import { useGraphql } from "../../../shared/graphql/query.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { buttonLook } from "../../../shared/ui/Button.tsx";
import { PageHeader } from "../../../shared/ui/PageHeader.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { type MyValidator, useMyValidator } from "../queries.ts";
import { useMyGrade } from "../tier/grade.ts";
import { TierGap } from "../tier/TierGap.tsx";
import { Checklist } from "./Checklist.tsx";
import { type Epoch, Health } from "./Health.tsx";
import { KeyRotation } from "./KeyRotation.tsx";
import { Tasks } from "./Tasks.tsx";
import type { OpenCase } from "./tasks.ts";

interface Recorded {
  validator: {
    rank: number;
    rewardsTotal: string;
    member: { operator: string | null };
    epochs: Epoch[];
    cases: OpenCase[];
  } | null;
}

const RECORDED = `query Operator($id: Int!) { validator(validatorId: $id) { rank rewardsTotal member { operator }
  epochs(last: 30) { epoch uptimeBps missed down } cases(first: 20) { caseId state appealBy } } }`;

function Dashboard({ validator, memberNo, chain }: { validator: MyValidator; memberNo: bigint; chain: string }) {
  const { indexed } = useSources();
  const grade = useMyGrade();
  const recorded = useGraphql<Recorded>("operator", RECORDED, { id: validator.id }).data?.validator;
  const hasEarned = validator.commission + validator.selfRewards > 0n || BigInt(recorded?.rewardsTotal ?? 0) > 0n;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Tasks validator={validator} grade={grade.data} cases={recorded?.cases ?? []} source={`${chain} · ${indexed}`} />
      <Health validator={validator} epochs={recorded?.epochs} rank={recorded?.rank} chain={chain} indexed={indexed} />
      <div className="lg:col-span-2">
        <TierGap source={chain} />
      </div>
      <KeyRotation validator={validator} memberNo={memberNo} source={chain} />
      <Checklist
        validator={validator}
        hasEarned={hasEarned}
        hasOperator={Boolean(recorded?.member.operator)}
        source={`${chain} · ${indexed}`}
      />
    </div>
  );
}

/** How the member's validator does, and what there is to do about it. */
export function OperatorPage() {
  const t = useT();
  const source = useSources();
  const mine = useMyValidator();
  return (
    <>
      <PageHeader
        title={t("operator.title")}
        lead={t("operator.dashboardLead")}
        actions={
          mine.data ? (
            <div className="flex flex-wrap gap-2">
              <Link to="/operator/register" className={buttonLook("primary")}>
                {t("operator.desk")}
              </Link>
              <Link to="/operator/commission" className={buttonLook("secondary")}>
                {t("commission.title")}
              </Link>
              <Link to="/operator/slashes" className={buttonLook("secondary")} data-testid="to-slashes">
                {t("validator.slashes")}
              </Link>
            </div>
          ) : undefined
        }
      />
      <Gated needs={{ member: true }} canLook>
        <Answer query={mine} lines={6}>
          {(validator) =>
            validator === null ? (
              <Empty title={t("commission.none")} reason={t("operator.noneReason")}>
                <Link to="/operator/register" className={buttonLook("primary")}>
                  {t("operator.register")}
                </Link>
              </Empty>
            ) : (
              <Dashboard validator={validator} memberNo={mine.memberNo} chain={source.chain(mine.block)} />
            )
          }
        </Answer>
      </Gated>
    </>
  );
}
