import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ActionButton } from "../../shared/action/ActionButton.tsx";
import { useT } from "../../shared/i18n/i18n.ts";
import { wordsOfRefusal } from "../../shared/session/refused-words.ts";
import { StepUp } from "../../shared/session/StepUp.tsx";
import { authorised, Refused } from "../../shared/session/session.ts";
import { Button } from "../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../shared/ui/form/Field.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { revokeAttestation } from "./actions/revoke-attestation.ts";
import { type Case, casePath } from "./queries.ts";

const reasons = ["document_altered", "sanctioned", "provider_reversed", "member_request"] as const;

/** Takes an approval back: first here, then on the chain, by a transaction of whoever holds the revoker's role. */
export function Revoke({ one }: { one: Case }) {
  const t = useT();
  const queries = useQueryClient();
  const [wish, setWish] = useState<object>();
  const revoke = useMutation({
    mutationFn: (body: object) => authorised("POST", `${casePath(one.id)}/revocation`, body),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["casework"] }),
  });
  const isStepUp = revoke.error instanceof Refused && revoke.error.code === "STEP_UP_REQUIRED";
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const body = { reason: String(new FormData(event.currentTarget).get("reason")) };
    setWish(body);
    revoke.mutate(body);
  }
  return (
    <Panel title={t("casework.revokeTitle")} data-testid="revoking">
      {one.state === "approved" && (
        <form onSubmit={submit}>
          <Field label={t("casework.reason")}>
            {(ids) => (
              <select {...ids} name="reason" className={inputLook}>
                {reasons.map((reason) => (
                  <option key={reason} value={reason}>
                    {t(`reason.${reason}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {revoke.error && <Notice tone="danger">{wordsOfRefusal(revoke.error, t)}</Notice>}
          <Button kind="danger" type="submit" busy={revoke.isPending}>
            {t("casework.revoke")}
          </Button>
        </form>
      )}
      {isStepUp && wish && <StepUp onDone={() => revoke.mutate(wish)} />}
      {one.revocations.map((revocation) => (
        <div key={revocation.uid} className="mt-3">
          <p className="mb-2 text-sm">{t("casework.onChain")}</p>
          <ActionButton
            action={revokeAttestation}
            input={revocation}
            kind="danger"
            label={t("casework.revokeOnChain")}
            testId="revoke-on-chain"
          />
        </div>
      ))}
    </Panel>
  );
}
