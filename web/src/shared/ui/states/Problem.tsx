import { GraphqlProblem } from "../../graphql/request.ts";
import { useT } from "../../i18n/i18n.ts";
import { Button } from "../Button.tsx";

/** Something could not be read: its kind, a way to try again, and a number for those who are asked for help. */
export function Problem({ error, onRetry }: { error: Error; onRetry?: () => unknown }) {
  const t = useT();
  const isGraphql = error instanceof GraphqlProblem;
  const kind = isGraphql ? error.kind : /module|chunk|import/i.test(error.message) ? "outdated" : "chain";
  return (
    <div role="alert" className="rounded-lg border border-danger p-4">
      <p className="font-semibold text-danger">{t(`problem.${kind}`)}</p>
      <p className="mt-1 text-sm break-all text-muted">
        {isGraphql && error.wait ? `${t("problem.wait", { seconds: error.wait })} ` : ""}
        {isGraphql && error.requestId ? t("problem.request", { id: error.requestId }) : error.message.slice(0, 200)}
      </p>
      {onRetry && (
        <Button className="mt-3" onClick={() => void onRetry()}>
          {t("ui.retry")}
        </Button>
      )}
    </div>
  );
}
