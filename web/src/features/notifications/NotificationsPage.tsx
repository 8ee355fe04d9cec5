import { useT } from "../../shared/i18n/i18n.ts";
import { type Column, DataTable } from "../../shared/ui/DataTable.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";

/** The mails of `indexer/src/domains/registration/mails.ts`. */
const mails = ["code", "taken"] as const;
type Mail = (typeof mails)[number];

/** What is written to members today, and why it cannot be switched off. */
export function NotificationsPage() {
  const t = useT();
  const columns: Column<Mail>[] = [
    { key: "mail", title: t("notifications.mail"), cell: (mail) => t(`notifications.${mail}`) },
    { key: "when", title: t("notifications.when"), cell: (mail) => t(`notifications.${mail}.when`) },
  ];
  return (
    <>
      <PageHeader title={t("notifications.title")} lead={t("notifications.lead")} />
      <div className="grid gap-5">
        <Panel title={t("notifications.today")}>
          <DataTable
            caption={t("notifications.today")}
            columns={columns}
            rows={[...mails]}
            rowKey={(mail) => mail}
            rowTestId="mail"
          />
          <div className="mt-4">
            <Notice title={t("notifications.always")}>{t("notifications.alwaysReason")}</Notice>
          </div>
        </Panel>
        <Notice tone="neutral" title={t("notifications.later")}>
          {t("notifications.laterReason")}
        </Notice>
      </div>
    </>
  );
}
