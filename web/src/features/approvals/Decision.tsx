import { Link } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { useT } from "../../shared/i18n/i18n.ts";
import { Hurdle } from "../../shared/session/Hurdle.tsx";
import { Button, buttonLook } from "../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../shared/ui/form/Field.tsx";
import { placeOf } from "./kinds.ts";
import { type Proposal, useDecide, useWithdraw } from "./queries.ts";

function Verdict({ id }: { id: string }) {
  const t = useT();
  const decide = useDecide(id);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "").trim();
    decide.mutate({ approve: (submitter as HTMLButtonElement | null)?.value === "approve", reason });
  }
  return (
    <>
      <form onSubmit={submit}>
        <Field label={t("approvals.note")} hint={t("approvals.note.hint")}>
          {(ids) => <input {...ids} name="reason" required maxLength={500} autoComplete="off" className={inputLook} />}
        </Field>
        <div className="flex flex-wrap gap-2">
          <Button kind="primary" type="submit" value="approve" busy={decide.isPending} data-testid="approve">
            {t("approvals.approve")}
          </Button>
          <Button kind="danger" type="submit" value="reject" busy={decide.isPending} data-testid="reject">
            {t("approvals.reject")}
          </Button>
        </div>
      </form>
      <div role="alert">
        <Hurdle of={decide} />
      </div>
    </>
  );
}

function Own({ id }: { id: string }) {
  const t = useT();
  const withdraw = useWithdraw(id);
  return (
    <>
      <p className="mb-3">{t("approvals.mine")}</p>
      <Button busy={withdraw.isPending} data-testid="withdraw" onClick={() => withdraw.mutate()}>
        {t("approvals.withdraw")}
      </Button>
      <div role="alert">
        <Hurdle of={withdraw} />
      </div>
    </>
  );
}

/** What the reader may do about a proposal that waits: decide it, take it back, or learn who can. */
export function Decision({ proposal }: { proposal: Proposal }) {
  const t = useT();
  const { id, kind, detail, isMine, mayDecide } = proposal;
  const place = placeOf(kind, detail);
  if (isMine) return <Own id={id} />;
  if (!mayDecide) return <p className="text-muted">{t("approvals.notMyRole")}</p>;
  if (!place) return <Verdict id={id} />;
  return (
    <>
      <p className="mb-3">{t("approvals.atCase")}</p>
      {place.at === "case" ? (
        <Link to="/admin/kyc/$id" params={{ id: place.id }} className={buttonLook("primary")}>
          {t("approvals.toCase")}
        </Link>
      ) : (
        <Link to="/admin/screening/$id" params={{ id: place.id }} className={buttonLook("primary")}>
          {t("approvals.toHit")}
        </Link>
      )}
    </>
  );
}
