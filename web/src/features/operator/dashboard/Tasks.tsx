import { Link } from "@tanstack/react-router";
import { useChainNow } from "../../../shared/chain/head.ts";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { Countdown } from "../../../shared/ui/values/Countdown.tsx";
import type { MyValidator } from "../queries.ts";
import type { MyGrade } from "../tier/grade.ts";
import { type OpenCase, tasksOf } from "./tasks.ts";

interface Props {
  validator: MyValidator;
  grade: MyGrade | undefined;
  cases: readonly OpenCase[];
  source: string;
}

/** What there is to do, with its deadline. */
export function Tasks({ validator, grade, cases, source }: Props) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const tasks = tasksOf({ validator, grade, cases, now });
  return (
    <Panel title={t("task.title")} source={source} data-testid="operator-tasks">
      {tasks.length === 0 ? (
        <Empty title={t("task.none")} reason={t("task.noneReason")} />
      ) : (
        <ul className="grid gap-2">
          {tasks.map(({ name, page, at, isUrgent }) => (
            <li
              key={`${name}${at ?? ""}`}
              data-task={name}
              className="flex flex-wrap items-center justify-between gap-2 rounded-lg border border-line bg-bg p-3"
            >
              <span className="flex flex-wrap items-center gap-2">
                <Badge tone={isUrgent ? "warning" : "info"}>{t(isUrgent ? "task.urgent" : "task.open")}</Badge>
                <Link to={page} className="link inline-flex min-h-6 items-center">
                  {t(name)}
                </Link>
              </span>
              {at !== undefined && (
                <span className="text-sm text-muted">
                  {formatTime(at, locale)}
                  {at > now && (
                    <>
                      {" "}
                      · <Countdown seconds={at - now} />
                    </>
                  )}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
