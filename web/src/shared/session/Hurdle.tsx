import { useT } from "../i18n/i18n.ts";
import { Notice } from "../ui/states/Notice.tsx";
import { wordsOfRefusal } from "./refused-words.ts";
import { StepUp } from "./StepUp.tsx";
import { Refused } from "./session.ts";

interface Attempt<Variables> {
  error: Error | null;
  variables: Variables | undefined;
  mutate: (variables: Variables) => void;
}

/**
 * What keeps something from being done, in words; where a second factor lacks, it is asked for, and the same is tried
 * again. Danger: it holds a form of its own, so it stands beside a form and never in one.
 */
export function Hurdle<Variables>({ of }: { of: Attempt<Variables> }) {
  const t = useT();
  const { error, variables, mutate } = of;
  if (!error) return null;
  const asksForFactor = error instanceof Refused && error.code === "STEP_UP_REQUIRED";
  return (
    <>
      <Notice tone="danger">{wordsOfRefusal(error, t)}</Notice>
      {asksForFactor && <StepUp onDone={() => mutate(variables as Variables)} />}
    </>
  );
}
