import { useT } from "../../shared/i18n/i18n.ts";
import { Button } from "../../shared/ui/Button.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { HexText } from "../../shared/ui/values/HexText.tsx";

/** A secret that is shown this one time. */
export function Secret({ text, onKept }: { text: string; onKept: () => void }) {
  const t = useT();
  return (
    <section aria-live="polite" className="my-4 grid gap-3" data-testid="webhook-secret">
      <Notice tone="warning">{t("webhooks.once")}</Notice>
      <HexText value={text} full />
      <div>
        <Button kind="primary" data-testid="webhook-kept" onClick={onKept}>
          {t("apiKeys.kept")}
        </Button>
      </div>
    </section>
  );
}
