import { useId, useRef, useState } from "react";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import type { Action } from "../../../shared/action/define.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import type { Vote } from "../actions/cast-vote.ts";
import { useProtocol } from "../protocol.ts";
import type { Support } from "../states.ts";

interface Props {
  action: Action<Vote>;
  id: string;
  title: string;
  label: string;
  testId: string;
}

const choices: Support[] = ["for", "against", "abstain"];
/** Longer reasons cost more than they are worth on chain. */
const MAX_REASON = 500;

/** For, against or abstain, with a reason for those who want to give one. */
export function VoteForm({ action, id, title, label, testId }: Props) {
  const t = useT();
  const group = useId();
  const protocol = useProtocol();
  const first = useRef<HTMLInputElement>(null);
  const [support, setSupport] = useState<Support>();
  const [reason, setReason] = useState("");
  const isLong = reason.length > MAX_REASON;
  const input =
    support === undefined || isLong
      ? undefined
      : { protocol, proposalId: id, title, support, choice: t(`vote.${support}`), reason: reason.trim() };
  return (
    <div data-testid={`${testId}-form`}>
      <fieldset className="mb-3 grid gap-2 sm:grid-cols-3 lg:grid-cols-1 xl:grid-cols-3">
        <legend className="mb-1 font-semibold">{t("vote.choose")}</legend>
        {choices.map((choice, index) => (
          <label
            key={choice}
            className={`flex min-h-11 cursor-pointer items-center gap-2 rounded-lg border bg-bg px-3 ${support === choice ? "border-primary font-semibold" : "border-control"}`}
          >
            <input
              ref={index === 0 ? first : undefined}
              type="radio"
              name={group}
              value={choice}
              checked={support === choice}
              onChange={() => setSupport(choice)}
              className="size-5 accent-(--primary)"
            />
            {t(`vote.${choice}`)}
          </label>
        ))}
      </fieldset>
      <Field
        label={t("vote.reason")}
        hint={t("vote.reasonHint")}
        error={isLong ? t("vote.reasonLong", { n: MAX_REASON }) : undefined}
      >
        {(ids) => (
          <textarea
            {...ids}
            rows={2}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            className={inputLook}
            data-testid={`${testId}-reason`}
          />
        )}
      </Field>
      <ActionButton
        action={action}
        input={input}
        label={label}
        testId={testId}
        missing={{ label: t(isLong ? "vote.shorten" : "vote.chooseFirst"), go: () => first.current?.focus() }}
      />
    </div>
  );
}
