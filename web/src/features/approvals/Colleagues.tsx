import { Link } from "@tanstack/react-router";
import { formatTime, shortHex } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { type Column, DataTable } from "../../shared/ui/DataTable.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { type Colleague, useColleagues } from "./queries.ts";

/** Who works here, by wallet and role. */
export function Colleagues() {
  const t = useT();
  const locale = useLocale();
  const staff = useColleagues();
  const columns: Column<Colleague>[] = [
    {
      key: "wallet",
      title: t("colleagues.wallet"),
      cell: ({ memberId, address }) => (
        <Link to="/admin/members/$id" params={{ id: memberId }}>
          <code>{shortHex(address)}</code>
        </Link>
      ),
    },
    { key: "role", title: t("propose.role"), cell: ({ role }) => t(`staffRole.${role}`) },
    {
      key: "until",
      title: t("colleagues.until"),
      cell: ({ expiresAt }) => formatTime(Date.parse(expiresAt) / 1_000, locale),
    },
  ];
  return (
    <Panel title={t("colleagues.title")} data-testid="colleagues">
      <Answer query={staff} lines={4}>
        {(rows) => (
          <DataTable
            caption={t("colleagues.title")}
            columns={columns}
            rows={rows}
            rowKey={({ memberId, role }) => `${memberId} ${role}`}
            rowTestId="colleague"
          />
        )}
      </Answer>
    </Panel>
  );
}
