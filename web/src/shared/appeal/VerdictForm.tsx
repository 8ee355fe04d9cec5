import type { ReactNode } from "react";
import { ActionButton } from "../action/ActionButton.tsx";
import type { Action } from "../action/define.ts";
import { useT } from "../i18n/i18n.ts";
import { Choice } from "../ui/form/Choice.tsx";
import { CallPreview, type PreviewedArgument } from "../ui/values/CallPreview.tsx";

interface Props<Verdict extends string, Input> {
  contract: string;
  /** First argument of the contract's `decide`. */
  subject: { name: string; id: number };
  /** In the contract's order. */
  verdicts: readonly Verdict[];
  verdict: Verdict;
  onChange: (verdict: Verdict) => void;
  meaning: string;
  /** Asks for the lesser measure, where the verdict reduces. */
  children?: ReactNode;
  /** Last argument: the lesser measure. */
  measure: PreviewedArgument;
  action: Action<Input>;
  /** Undefined while the measure is missing. */
  input: Input | undefined;
  /** What to do about that. */
  first: string;
}

/** The council's verdict on an appeal, as what will be signed. */
export function VerdictForm<Verdict extends "UPHOLD" | "REDUCE" | "OVERTURN", Input>({
  contract,
  subject,
  verdicts,
  verdict,
  onChange,
  meaning,
  children,
  measure,
  action,
  input,
  first,
}: Props<Verdict, Input>) {
  const t = useT();
  return (
    <div className="grid gap-3" data-testid="verdict-form">
      <Choice
        label={t("decide.verdict")}
        value={verdict}
        options={verdicts.map((value) => ({ value, label: t(`verdict.${value}`) }))}
        onChange={onChange}
      />
      <p className="text-sm text-muted">{meaning}</p>
      {children}
      {input !== undefined && (
        <CallPreview
          contract={contract}
          functionName="decide"
          args={[
            { name: subject.name, sent: String(subject.id) },
            { name: "verdict", shown: t(`verdict.${verdict}`), sent: String(verdicts.indexOf(verdict)) },
            measure,
          ]}
        />
      )}
      <ActionButton
        action={action}
        input={input}
        label={t("decide.sign")}
        missing={{
          label: first,
          go: () => document.querySelector<HTMLElement>("[data-testid=verdict-form] input")?.focus(),
        }}
        testId={action.id}
      />
    </div>
  );
}
