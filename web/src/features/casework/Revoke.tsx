import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { ActionButton } from "../../shared/action/ActionButton.tsx";
import { useT } from "../../shared/i18n/i18n.ts";
import { Hurdle } from "../../shared/session/Hurdle.tsx";
import { authorised } from "../../shared/session/session.ts";
import { Button } from "../../shared/ui/Button.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { revokeAttestation } from "./actions/revoke-attestation.ts";
import { type Case, casePath } from "./queries.ts";
import { ReasonField } from "./ReasonField.tsx";

const reasons = ["document_altered", "sanctioned", "provider_reversed", "member_request"] as const;

/** Takes an approval back: first here, then on the chain, by a transaction of whoever holds the revoker's role. */
export function Revoke({ one }: { one: Case }) {
  const t = useT();
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: (body: object) => authorised("POST", `${casePath(one.id)}/revocation`, body),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["casework"] }),
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const body = { reason: String(new FormData(event.currentTarget).get("reason")) };
    revoke.mutate(body);
  }
  return (
    <Panel title={t("casework.revokeTitle")} data-testid="revoking">
      {one.state === "approved" && (
        <form onSubmit={submit}>
          <ReasonField reasons={reasons} />
          <Button kind="danger" type="submit" busy={revoke.isPending}>
            {t("casework.revoke")}
          </Button>
        </form>
      )}
      <Hurdle of={revoke} />
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
