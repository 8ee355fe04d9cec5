import { Link } from "@tanstack/react-router";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Button, buttonLook } from "../../../shared/ui/Button.tsx";
import { MOST, writeIds } from "./chosen.ts";

/** What is chosen for a comparison, and the way there. Says nothing before the first choice. */
export function Chosen({ ids, onClear }: { ids: number[]; onClear: () => void }) {
  const t = useT();
  return (
    <div role="status" className="mb-4 flex flex-wrap items-center gap-3">
      {ids.length > 0 && (
        <>
          <Link
            to="/validators/compare"
            search={{ ids: writeIds(ids) }}
            className={buttonLook("primary")}
            data-testid="compare"
          >
            {t("compare.go", { n: ids.length, most: MOST })}
          </Link>
          <Button onClick={onClear}>{t("compare.clear")}</Button>
          {ids.length === 1 && <span className="text-sm text-muted">{t("compare.oneMore")}</span>}
        </>
      )}
    </div>
  );
}
