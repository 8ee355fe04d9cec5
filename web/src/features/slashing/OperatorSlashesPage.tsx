import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Gated } from "../../shared/action/gate/Gated.tsx";
import { useStanding } from "../../shared/action/gate/use-gate.ts";
import { useChain } from "../../shared/chain/context.ts";
import { useChainRead } from "../../shared/chain/read.ts";
import { useGraphqlPages } from "../../shared/graphql/query.ts";
import { useSources } from "../../shared/graphql/source.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { Button, buttonLook } from "../../shared/ui/Button.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { CaseTable } from "./case/CaseTable.tsx";
import { type RecordedCase, VALIDATOR_CASES } from "./queries.ts";

/** On the local chain alone: the build for everybody does not contain it. */
const SignTwice = __DEMO__
  ? lazy(async () => ({ default: (await import("./trial/SignTwice.tsx")).SignTwice }))
  : undefined;

/** The validator of the connected member; 0 if there is none. */
function useValidatorId() {
  const { data: standing } = useStanding();
  const memberNo = standing?.memberNo ?? 0n;
  return useChainRead(
    ["validator-of", memberNo],
    ({ client, at }) => client.readContract({ ...at.validators, functionName: "validatorOf", args: [memberNo] }),
    { enabled: memberNo !== 0n },
  );
}

function Cases({ validatorId }: { validatorId: number }) {
  const t = useT();
  const source = useSources();
  const list = useGraphqlPages<RecordedCase>("validator-cases", VALIDATOR_CASES, { validatorId });
  return (
    <Panel title={t("slashes.cases")} source={source.indexed}>
      <Answer query={{ ...list, data: list.nodes }} lines={4}>
        {(cases) =>
          cases.length === 0 ? (
            <Empty title={t("slashes.none")} reason={t("slashes.noneReason")} />
          ) : (
            <CaseTable cases={cases} />
          )
        }
      </Answer>
      {list.hasNextPage && (
        <Button wide className="mt-4" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("ui.more")}
        </Button>
      )}
    </Panel>
  );
}

/** What one's own validator is accused of, with what can still be done about it. */
export function OperatorSlashesPage() {
  const t = useT();
  const { config } = useChain();
  const mine = useValidatorId();
  return (
    <>
      <PageHeader title={t("slashes.title")} lead={t("slashes.lead")} />
      <Gated needs={{ member: true }} canLook>
        <Answer query={mine}>
          {(validatorId) =>
            validatorId === 0 ? (
              <Empty title={t("commission.none")} reason={t("slashes.noValidator")}>
                <Link to="/operator/register" className={buttonLook("primary")}>
                  {t("operator.register")}
                </Link>
              </Empty>
            ) : (
              <div className="grid gap-5">
                <Cases validatorId={validatorId} />
                {SignTwice && config.demo && (
                  <Suspense>
                    <SignTwice validatorId={validatorId} />
                  </Suspense>
                )}
              </div>
            )
          }
        </Answer>
      </Gated>
    </>
  );
}
