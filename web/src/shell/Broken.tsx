import type { ErrorComponentProps } from "@tanstack/react-router";
import { useT } from "../shared/i18n/i18n.ts";
import { Button } from "../shared/ui/Button.tsx";
import { PageHeader } from "../shared/ui/PageHeader.tsx";
import { Problem } from "../shared/ui/states/Problem.tsx";

/** A screen that could not be shown, often because a newer version of the site was published meanwhile. */
export function Broken({ error }: ErrorComponentProps) {
  const t = useT();
  return (
    <>
      <PageHeader title={t("broken.title")} lead={t("broken.reason")} />
      <Problem error={error instanceof Error ? error : new Error(String(error))} />
      <Button kind="primary" className="mt-4" onClick={() => location.reload()}>
        {t("broken.reload")}
      </Button>
    </>
  );
}
