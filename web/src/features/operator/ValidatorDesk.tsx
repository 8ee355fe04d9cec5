import { Link } from "@tanstack/react-router";
import { ActionButton } from "../../shared/action/ActionButton.tsx";
import { useChainRead } from "../../shared/chain/read.ts";
import { useGraphql } from "../../shared/graphql/query.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { Badge } from "../../shared/ui/Badge.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { Amount } from "../../shared/ui/values/Amount.tsx";
import { Facts } from "../../shared/ui/values/Facts.tsx";
import { activate } from "./actions/activate.ts";
import { claimCommission } from "./actions/claim-commission.ts";
import type { MyValidator } from "./queries.ts";
import { SelfStake } from "./SelfStake.tsx";

interface Weakest {
  validators: { nodes: { validatorId: number; name: string; totalStake: string }[] };
}

const WEAKEST = `query Weakest { validators(first: 1, filter: { active: true },
  sort: { field: TOTAL_STAKE, direction: ASC }) { nodes { validatorId name totalStake } } }`;

function Activation({ validator }: { validator: MyValidator }) {
  const t = useT();
  const { data: set } = useChainRead(["active-set"], async ({ client, at }) => {
    const [active, most] = await Promise.all([
      client.readContract({ ...at.validators, functionName: "activeCount" }),
      client.readContract({ ...at.validators, functionName: "maxActive" }),
    ]);
    return { active, most };
  });
  const isSetFull = set !== undefined && set.active >= set.most;
  const weakest = useGraphql<Weakest>("weakest", WEAKEST, {}, { enabled: isSetFull }).data?.validators.nodes[0];
  if (validator.isActive) return <Notice tone="success" title={t("desk.active")} />;
  if (validator.isTombstoned) return <Notice tone="danger" title={t("closed.tombstoned")} />;
  if (validator.jailedUntil !== 0) return <Notice tone="danger" title={t("closed.jailed")} />;
  const isEligible = validator.tier === "active" || validator.tier === "enterprise";
  if (!isEligible) return <Notice tone="warning" title={t("desk.notEligible")} />;
  return (
    <div className="grid gap-3">
      {isSetFull && weakest && <Notice tone="warning" title={t("desk.setFull", { name: weakest.name })} />}
      <ActionButton
        action={activate}
        input={{ validatorId: validator.id, replace: isSetFull ? (weakest?.validatorId ?? 0) : 0 }}
        label={t("desk.activate")}
        testId="activate"
      />
    </div>
  );
}

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
