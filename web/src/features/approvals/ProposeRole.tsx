import { type FormEvent, useState } from "react";
import { useT } from "../../shared/i18n/i18n.ts";
import { Hurdle } from "../../shared/session/Hurdle.tsx";
import { Button } from "../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../shared/ui/form/Field.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import type { StaffRole } from "./kinds.ts";
import { type RoleChange, useProposeRole } from "./queries.ts";

const roles = ["compliance", "auditor", "administrator"] as const;

/** Proposes to give or to take a role; another administrator decides. */
export function ProposeRole() {
  const t = useT();
  const propose = useProposeRole();
  const [isWrong, setWrong] = useState(false);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const address = String(form.get("address") ?? "").trim();
    const isWallet = /^0x[0-9a-f]{40}$/i.test(address);
    setWrong(!isWallet);
    if (!isWallet) return;
    propose.mutate({
      change: form.get("change") as RoleChange["change"],
      address,
      role: form.get("role") as StaffRole,
    });
  }
  return (
    <Panel title={t("propose.title")} data-testid="propose-role">
      <p className="mb-4 text-muted">{t("propose.lead")}</p>
      <form onSubmit={submit}>
        <Field label={t("propose.change")}>
          {(ids) => (
            <select {...ids} name="change" className={inputLook}>
              <option value="appoint">{t("propose.appoint")}</option>
              <option value="dismiss">{t("propose.dismiss")}</option>
            </select>
          )}
        </Field>
        <Field
          label={t("propose.wallet")}
          hint={t("propose.wallet.hint")}
          {...(isWrong && { error: t("propose.walletWrong") })}
        >
          {(ids) => <input {...ids} name="address" required maxLength={64} autoComplete="off" className={inputLook} />}
        </Field>
        <Field label={t("propose.role")}>
          {(ids) => (
            <select {...ids} name="role" className={inputLook}>
              {roles.map((role) => (
                <option key={role} value={role}>
                  {t(`staffRole.${role}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Button kind="primary" type="submit" busy={propose.isPending} data-testid="propose-send">
          {t("propose.send")}
        </Button>
      </form>
      <p role="status" className="mt-2">
        {propose.isSuccess ? t("propose.sent") : ""}
      </p>
      <div role="alert">
        <Hurdle of={propose} />
      </div>
    </Panel>
  );
}
