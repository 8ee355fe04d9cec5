import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { formatTime } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { wordsOfRefusal } from "../../shared/session/refused-words.ts";
import { SignedIn } from "../../shared/session/SignedIn.tsx";
import { authorised, Refused } from "../../shared/session/session.ts";
import { useStaffRoles } from "../../shared/session/staff-roles.ts";
import { Badge } from "../../shared/ui/Badge.tsx";
import { Button, buttonLook } from "../../shared/ui/Button.tsx";
import { type Column, DataTable } from "../../shared/ui/DataTable.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { type QueuedCase, useQueue } from "./queries.ts";
import { Hits } from "./screening/Hits.tsx";
import { Lists } from "./screening/Lists.tsx";

const answerTones = {
  none: "neutral",
  waiting: "neutral",
  green: "success",
  red_retry: "warning",
  red_final: "danger",
} as const;

function Cases({ cases }: { cases: QueuedCase[] }) {
  const t = useT();
  const locale = useLocale();
  const columns: Column<QueuedCase>[] = [
    {
      key: "since",
      title: t("work.since"),
      cell: ({ id, submittedAt }) => (
        <Link to="/admin/kyc/$id" params={{ id }}>
          {submittedAt ? formatTime(Date.parse(submittedAt) / 1_000, locale) : "–"}
        </Link>
      ),
    },
    { key: "level", title: t("work.level"), cell: ({ level }) => t(`kyc.${level}`) },
    { key: "state", title: t("work.state"), cell: ({ state }) => t(`case.${state}`) },
    {
      key: "answer",
      title: t("work.answer"),
      cell: ({ answer }) => <Badge tone={answerTones[answer]}>{t(`answer.${answer}`)}</Badge>,
    },
    {
      key: "who",
      title: t("work.who"),
      cell: ({ isLeased, isMine }) => (isLeased ? t("work.leased") : isMine ? t("work.mine") : "–"),
      isMinor: true,
    },
  ];
  return (
    <DataTable caption={t("work.cases")} columns={columns} rows={cases} rowKey={({ id }) => id} rowTestId="case" />
  );
}

function Work() {
  const t = useT();
  const navigate = useNavigate();
  const queue = useQueue();
  const roles = useStaffRoles();
  const next = useMutation({
    mutationFn: () => authorised<{ id: string | null }>("POST", "/api/v1/admin/kyc-cases/next"),
    onSuccess: ({ id }) => id && navigate({ to: "/admin/kyc/$id", params: { id } }),
  });
  if (queue.error instanceof Refused && queue.error.status === 403) {
    return <Empty title={t("work.notStaff")} reason={t("work.notStaffReason")} />;
  }
  const mayWork = roles.data?.includes("compliance") ?? false;
  return (
    <div className="grid gap-5">
      <Panel
        title={t("work.cases")}
        data-testid="work"
        actions={
          mayWork && (
            <Button kind="primary" busy={next.isPending} data-testid="take-next" onClick={() => next.mutate()}>
              {t("work.next")}
            </Button>
          )
        }
      >
        {next.error && <Notice tone="danger">{wordsOfRefusal(next.error, t)}</Notice>}
        <p role="status">{next.data?.id === null ? t("work.noneLeft") : ""}</p>
        <Answer query={queue} lines={6}>
          {(cases) =>
            cases.length === 0 ? (
              <Empty title={t("work.noneLeft")} reason={t("work.noneLeftReason")} />
            ) : (
              <Cases cases={cases} />
            )
          }
        </Answer>
      </Panel>
      <Hits />
      <Lists mayWork={mayWork} />
    </div>
  );
}

/** What waits for the staff, the longest waiting first. */
export function WorkPage() {
  const t = useT();
  return (
    <>
      <PageHeader
        title={t("work.title")}
        lead={t("work.lead")}
        actions={
          <nav aria-label={t("work.places")} className="flex flex-wrap gap-2">
            <Link to="/admin/members" className={buttonLook("secondary")}>
              {t("members.title")}
            </Link>
            <Link to="/admin/approvals" className={buttonLook("secondary")}>
              {t("approvals.title")}
            </Link>
          </nav>
        }
      />
      <SignedIn>{() => <Work />}</SignedIn>
    </>
  );
}
