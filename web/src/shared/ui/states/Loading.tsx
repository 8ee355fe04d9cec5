import { useEffect, useState } from "react";
import { useT } from "../../i18n/i18n.ts";
import { Button } from "../Button.tsx";

const SHOWN_AFTER_MS = 200;
const SLOW_AFTER_MS = 8_000;

/** Something is on its way: a skeleton after 200 ms, words and a way out after 8 s. */
export function Loading({ lines = 3, onRetry }: { lines?: number; onRetry?: () => void }) {
  const t = useT();
  const [stage, setStage] = useState<"early" | "shown" | "slow">("early");
  useEffect(() => {
    const shown = setTimeout(() => setStage("shown"), SHOWN_AFTER_MS);
    const slow = setTimeout(() => setStage("slow"), SLOW_AFTER_MS);
    return () => {
      clearTimeout(shown);
      clearTimeout(slow);
    };
  }, []);
  return (
    <div className={stage === "early" ? "invisible" : ""}>
      <p role="status" className={stage === "slow" ? "mb-2 text-muted" : "sr-only"}>
        {stage === "early" ? "" : t(stage === "slow" ? "ui.stillLoading" : "ui.loading")}
      </p>
      {Array.from({ length: lines }, (_, line) => `line-${line}`).map((line) => (
        <div key={line} aria-hidden="true" className="mb-3 h-6 animate-pulse rounded bg-raised" />
      ))}
      {stage === "slow" && onRetry && <Button onClick={onRetry}>{t("ui.retry")}</Button>}
    </div>
  );
}
