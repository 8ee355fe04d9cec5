import { useMutation, useQueryClient } from "@tanstack/react-query";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Hurdle } from "../../../shared/session/Hurdle.tsx";
import { authorised } from "../../../shared/session/session.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { Ask } from "./Judge.tsx";
import { type ListVersion, listPath, useLists } from "./queries.ts";

/** A version that lost so many entries that two officers have to want it. */
function Held({ version }: { version: ListVersion }) {
  const t = useT();
  const queries = useQueryClient();
  const propose = useMutation({
    mutationFn: () => authorised("POST", `${listPath(version.id)}/acceptance`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["screening"] }),
  });
  if (version.approvalId) {
    return (
      <Ask
        lead={t("screening.heldLead", { before: version.before, now: version.entries })}
        choices={[
          { value: "disagree", label: t("screening.disagree") },
          { value: "agree", label: t("screening.agree"), isDanger: true },
        ]}
        send={(choice, reason) =>
          authorised("POST", `/api/v1/admin/approvals/${version.approvalId}/decision`, {
            ...{ approve: choice === "agree", reason },
          })
        }
      />
    );
  }
  return (
    <>
      <p className="mb-3">{t("screening.heldLead", { before: version.before, now: version.entries })}</p>
      <Button busy={propose.isPending} data-testid="propose-list" onClick={() => propose.mutate()}>
        {t("screening.propose")}
      </Button>
      <Hurdle of={propose} />
    </>
  );
}

/** Lists in force, and those that wait for officers. */
export function Lists({ mayWork }: { mayWork: boolean }) {
  const t = useT();
  const locale = useLocale();
  const query = useLists();
  return (
    <Panel title={t("screening.lists")} data-testid="lists">
      <Answer query={query} lines={3}>
        {(versions) => {
          const shown = versions.filter(({ state }) => state === "in_force" || state === "held");
          if (shown.length === 0) return <Empty title={t("screening.noLists")} reason={t("screening.noListsReason")} />;
          return (
            <ul className="grid gap-3">
              {shown.map((version) => (
                <li key={version.id} className="rounded-lg border border-line bg-bg p-3" data-testid="list-version">
                  <div className="flex flex-wrap items-center justify-between gap-2">
                    <span className="font-semibold">{version.list}</span>
                    <span>{t("screening.entries", { n: version.entries })}</span>
                    <span className="text-muted">{formatTime(Date.parse(version.loadedAt) / 1_000, locale)}</span>
                    <Badge tone={version.state === "held" ? "warning" : "success"}>
                      {t(version.state === "held" ? "screening.held" : "screening.inForce")}
                    </Badge>
                  </div>
                  <p className="mt-1 font-mono text-xs break-all text-muted">SHA-256 {version.sha256}</p>
                  {mayWork && version.state === "held" && <Held version={version} />}
                </li>
              ))}
            </ul>
          );
        }}
      </Answer>
    </Panel>
  );
}
