import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { claimRewards } from "../actions/claim-rewards.ts";
import { compound } from "../actions/compound.ts";
import { setAutoCompound } from "../actions/set-auto-compound.ts";
import type { Position } from "../queries.ts";

export function RewardsPanel({ position, source }: { position: Position; source: string }) {
  const t = useT();
  const { id, validatorId, pending, isAutoCompound } = position;
  return (
    <Panel title={t("position.rewards")} source={source}>
      <p className="relative mb-4 text-2xl font-semibold">
        <Amount value={pending} source={source} digits={8} noted />
      </p>
      <div className="grid gap-3">
        {pending > 0n ? (
          <>
            <ActionButton
              action={claimRewards}
              input={{ positionIds: [id], tokens: pending }}
              label={t("position.claim")}
              testId="claim-rewards"
            />
            <ActionButton
              action={compound}
              input={{ positionId: id, validatorId, tokens: pending }}
              needs={{ member: true, kyc: 1 }}
              label={t("position.compound")}
              kind="secondary"
              testId="compound"
            />
          </>
        ) : (
          <p className="text-muted">{t("position.nothingYet")}</p>
        )}
        <p className="text-sm text-muted">{t(isAutoCompound ? "position.autoOn" : "position.autoOff")}</p>
        <ActionButton
          action={setAutoCompound}
          input={{ positionId: id, isOn: !isAutoCompound }}
          label={t(isAutoCompound ? "position.turnOff" : "position.turnOn")}
          kind="secondary"
          testId="auto-compound"
        />
      </div>
    </Panel>
  );
}
