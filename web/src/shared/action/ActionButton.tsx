import type { ReactNode } from "react";
import { useLocale, useT } from "../i18n/i18n.ts";
import { Button } from "../ui/Button.tsx";
import type { Action } from "./define.ts";
import { Gated } from "./gate/Gated.tsx";
import type { Needs } from "./gate/obstacle.ts";
import { wordRefusal } from "./refusal.ts";
import { useAction } from "./use-action.ts";

interface Props<Input> {
  action: Action<Input>;
  /** Undefined while the form is not complete; the button then leads to what is missing. */
  input: Input | undefined;
  needs?: Needs;
  label: string;
  /** What is missing, in words, and where to go for it. */
  missing?: { label: string; go: () => void };
  kind?: "primary" | "secondary" | "danger";
  testId?: string;
  onSent?: () => void;
  children?: ReactNode;
}

/** Carries an action out, after whatever stands in its way; says below itself why it was refused. */
export function ActionButton<Input>({
  action,
  input,
  needs = {},
  label,
  missing,
  kind = "primary",
  testId = "primary-action",
  onSent,
}: Props<Input>) {
  const t = useT();
  const locale = useLocale();
  const { run, isBusy, entry } = useAction(action);
  async function press() {
    if (input === undefined) return missing?.go();
    const done = await run(input);
    if (done?.hash || done?.callsId) onSent?.();
  }
  const state = entry?.state;
  return (
    <Gated needs={{ scopes: action.scopes, payment: action.isPayment, ...needs }}>
      <div className="grid gap-2">
        <Button kind={kind} wide busy={isBusy} data-testid={testId} onClick={() => void press()}>
          {isBusy ? t("action.inWallet") : input === undefined && missing ? missing.label : label}
        </Button>
        <p role="status" className={`text-sm ${entry?.refusal ? "text-danger" : "text-muted"}`}>
          {entry?.refusal ? wordRefusal(entry.refusal, t, locale) : state ? t(`state.${state}`) : ""}
        </p>
      </div>
    </Gated>
  );
}
