import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { formatTime } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { Hurdle } from "../../shared/session/Hurdle.tsx";
import { authorised } from "../../shared/session/session.ts";
import { Button } from "../../shared/ui/Button.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";

interface Standing {
  erasure: { requestedAt: string; dueAt: string } | null;
  isHeld: boolean;
}

/** Asks to be forgotten, and takes it back for seven days. */
export function Erasure({ memberId }: { memberId: string }) {
  const t = useT();
  const locale = useLocale();
  const queries = useQueryClient();
  const path = `/api/v1/members/${memberId}/erasure`;
  const key = ["erasure", memberId];
  const standing = useQuery({ queryKey: key, queryFn: () => authorised<Standing>("GET", path) });
  const changed = () => queries.invalidateQueries({ queryKey: key });
  const ask = useMutation({ mutationFn: () => authorised("POST", path), onSuccess: changed });
  const cancel = useMutation({ mutationFn: () => authorised("DELETE", path), onSettled: changed });
  return (
    <Panel title={t("privacy.erasure")} data-testid="erasure">
      <ul className="mb-4 list-disc pl-5">
        <li>{t("privacy.goes")}</li>
        <li>{t("privacy.stays")}</li>
        <li>{t("privacy.chain")}</li>
      </ul>
      <Answer query={standing} lines={3}>
        {({ erasure, isHeld }) => (
          <>
            {isHeld && <Notice tone="warning">{t("privacy.held")}</Notice>}
            {erasure ? (
              <>
                <Notice tone="warning">
                  {t("privacy.dueAt", { time: formatTime(Date.parse(erasure.dueAt) / 1_000, locale) })}
                </Notice>
                <Button
                  kind="primary"
                  className="mt-3"
                  busy={cancel.isPending}
                  data-testid="erasure-cancel"
                  onClick={() => cancel.mutate()}
                >
                  {t("privacy.cancel")}
                </Button>
              </>
            ) : (
              <Button kind="danger" busy={ask.isPending} data-testid="erasure-ask" onClick={() => ask.mutate()}>
                {t("privacy.ask")}
              </Button>
            )}
          </>
        )}
      </Answer>
      <div role="alert">
        <Hurdle of={ask} />
        <Hurdle of={cancel} />
      </div>
    </Panel>
  );
}
