import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Hurdle } from "../../../shared/session/Hurdle.tsx";
import { authorised } from "../../../shared/session/session.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { useSection } from "../queries.ts";
import { Section } from "./Section.tsx";

interface Standing {
  hold: { reference: string; placedAt: string } | null;
  erasure: { dueAt: string } | null;
}

function Propose({ accountId, change }: { accountId: string; change: "place" | "lift" }) {
  const t = useT();
  const queries = useQueryClient();
  const propose = useMutation({
    mutationFn: (reference: string) =>
      authorised("POST", `/api/v1/admin/members/${accountId}/legal-hold`, { change, reference }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["approvals"] }),
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    propose.mutate(String(new FormData(event.currentTarget).get("reference") ?? "").trim());
  }
  return (
    <>
      <form onSubmit={submit} className="mt-4 border-t border-line pt-4">
        <Field label={t("member.holdReference")} hint={t("member.holdReference.hint")}>
          {(ids) => (
            <input
              {...ids}
              name="reference"
              required
              pattern="[\w.\/\-]{3,80}"
              autoComplete="off"
              className={inputLook}
            />
          )}
        </Field>
        <Button type="submit" busy={propose.isPending} data-testid="hold-propose">
          {t(change === "place" ? "member.holdPlace" : "member.holdLift")}
        </Button>
      </form>
      <p role="status" className="mt-2">
        {propose.isSuccess ? t("member.holdProposed") : ""}
      </p>
      <div role="alert">
        <Hurdle of={propose} />
      </div>
    </>
  );
}

/** Whether the law keeps a member's data, and the proposal to begin or to end that. */
export function LegalHold({ accountId, mayPropose }: { accountId: string; mayPropose: boolean }) {
  const t = useT();
  const locale = useLocale();
  const at = (time: string) => formatTime(Date.parse(time) / 1_000, locale);
  const standing = useSection<Standing>(accountId, "legal-hold");
  return (
    <Section title={t("member.hold")} testId="member-hold" query={standing}>
      {({ hold, erasure }) => (
        <>
          {hold ? (
            <Notice tone="warning">
              {t("member.heldSince", { time: at(hold.placedAt), reference: hold.reference })}
            </Notice>
          ) : (
            <p>{t("member.noHold")}</p>
          )}
          {erasure && <p className="mt-2">{t("member.erasure", { time: at(erasure.dueAt) })}</p>}
          {mayPropose && <Propose accountId={accountId} change={hold ? "lift" : "place"} />}
        </>
      )}
    </Section>
  );
}
