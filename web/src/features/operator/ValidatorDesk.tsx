import { Link } from "@tanstack/react-router";
import { ActionButton } from "../../shared/action/ActionButton.tsx";
import { useT } from "../../shared/i18n/i18n.ts";
import { Badge } from "../../shared/ui/Badge.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { Amount } from "../../shared/ui/values/Amount.tsx";
import { Facts } from "../../shared/ui/values/Facts.tsx";
import { Activation } from "./Activation.tsx";
import { claimCommission } from "./actions/claim-commission.ts";
import type { MyValidator } from "./queries.ts";
import { SelfStake } from "./SelfStake.tsx";

/** The desk of a validator's owner. */
export function ValidatorDesk({
  validator,
  available,
  source,
}: {
  validator: MyValidator;
  available: bigint | undefined;
  source: string;
}) {
  const t = useT();
  const income = validator.commission + validator.selfRewards;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Panel title={t("desk.title", { id: validator.id })} source={source}>
        <Facts
          facts={[
            {
              name: t("validator.one"),
              value: (
                <Link className="link" to="/validators/$id" params={{ id: String(validator.id) }}>
                  #{validator.id}
                </Link>
              ),
            },
            { name: t("tier.name"), value: <Badge tone="info">{t(`tier.${validator.tier}`)}</Badge> },
            { name: t("validator.self"), value: <Amount value={validator.self} source={source} /> },
            { name: t("validator.delegated"), value: <Amount value={validator.delegated} source={source} /> },
          ]}
        />
        <div className="mt-4">
          <Activation validator={validator} />
        </div>
      </Panel>
      <Panel title={t("desk.income")} source={source}>
        <Facts
          facts={[
            { name: t("desk.commission"), value: <Amount value={validator.commission} source={source} digits={8} /> },
            { name: t("desk.selfRewards"), value: <Amount value={validator.selfRewards} source={source} digits={8} /> },
          ]}
        />
        <div className="mt-4">
          {validator.openCases > 0 ? (
            <Notice tone="warning" title={t("desk.held")} />
          ) : income > 0n ? (
            <ActionButton
              action={claimCommission}
              input={{ validatorId: validator.id, tokens: income }}
              label={t("desk.claim")}
              testId="claim-commission"
            />
          ) : (
            <p className="text-muted">{t("position.nothingYet")}</p>
          )}
        </div>
      </Panel>
      <SelfStake validator={validator} available={available} source={source} />
    </div>
  );
}
