import { useState } from "react";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChainNow } from "../../../shared/chain/head.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { isHash } from "../../../shared/statement/document.ts";
import { HashField } from "../../../shared/statement/HashField.tsx";
import { DurationField, secondsOf, type WrittenDuration } from "../../../shared/ui/form/DurationField.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { CallPreview } from "../../../shared/ui/values/CallPreview.tsx";
import { pauseScope } from "../actions/pause-scope.ts";
import { type Scope, scopes } from "../contracts.ts";
import type { Stop } from "./PausePanel.tsx";

const HOUR = 3_600;
/** Constants of the contract: no vote can lengthen them. */
const LONGEST = 72 * HOUR;
const EXIT_BUDGET = 168 * HOUR;
const budgeted: readonly Scope[] = ["SLASHING", "EXIT", "CLAIM"];

/** Stops one scope, for as long as the budgets allow. */
export function PauseForm({ stops, used }: { stops: Stop[]; used: number }) {
  const t = useT();
  const now = useChainNow();
  const [scope, setScope] = useState<Scope>("ENTRY");
  const [duration, setDuration] = useState<WrittenDuration>({ count: "", unit: "hours" });
  const [hash, setHash] = useState("");
  const seconds = secondsOf(duration);
  const left = budgeted.includes(scope) ? Math.min(LONGEST, Math.max(0, EXIT_BUDGET - used)) : LONGEST;
  const isTooLong = seconds !== undefined && seconds > left;
  const isTooSoon = now < (stops.find((stop) => stop.scope === scope)?.nextAt ?? 0);
  const reason = hash.trim();
  const input = seconds !== undefined && !isTooLong && isHash(reason) ? { scope, seconds, reason } : undefined;
  const hours = (value: number) => String(Math.floor((value / HOUR) * 10) / 10);
  return (
    <div className="mt-5" data-testid="pause-form">
      <Field label={t("pause.scope")}>
        {(ids) => (
          <select
            {...ids}
            data-testid="scope-select"
            value={scope}
            onChange={(event) => setScope(event.target.value as Scope)}
            className={inputLook}
          >
            {scopes.map((value) => (
              <option key={value} value={value}>
                {t(`pauseScope.${value}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <p className="mb-3 text-sm text-muted">{t("pause.budget", { used: hours(used), left: hours(left) })}</p>
      {isTooSoon ? (
        <Notice tone="warning" title={t("pause.tooSoon")} />
      ) : (
        <>
          <DurationField
            label={t("pause.duration")}
            error={isTooLong ? t("pause.tooLong", { hours: hours(left) }) : undefined}
            value={duration}
            onChange={setDuration}
          />
          <HashField label={t("pause.reason")} value={hash} onChange={setHash} />
          {input && (
            <div className="mb-4">
              <CallPreview
                contract="ProtocolPause"
                functionName="pause"
                args={[
                  { name: "scope", shown: t(`pauseScope.${scope}`), sent: String(scopes.indexOf(scope)) },
                  { name: "duration", sent: String(input.seconds) },
                  { name: "reason", sent: input.reason },
                ]}
              />
            </div>
          )}
          <ActionButton
            action={pauseScope}
            input={input}
            label={t("pause.sign")}
            kind="danger"
            missing={{
              label: t("council.complete"),
              go: () => document.querySelector<HTMLElement>("[data-testid=pause-form] input")?.focus(),
            }}
            testId="pause-scope"
          />
        </>
      )}
    </div>
  );
}
