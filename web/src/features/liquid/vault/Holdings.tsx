import { Link } from "@tanstack/react-router";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { formatBps } from "../../../shared/format/number.ts";
import { useValidatorNames } from "../../../shared/graphql/validator-names.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { type Column, DataTable } from "../../../shared/ui/DataTable.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { Facts } from "../../../shared/ui/values/Facts.tsx";
import { harvest } from "../actions/harvest.ts";
import type { Holding, Vault } from "./read.ts";

const BPS = 10_000n;

/** Where the vault's tokens are, validator by validator, and what may be harvested. */
export function Holdings({ vault, source }: { vault: Vault; source: string }) {
  const t = useT();
  const nameOf = useValidatorNames();
  const { totalAssets, holdings, cap, capBps, idle, returning, pending } = vault;
  const part = (value: bigint) => formatBps(totalAssets === 0n ? 0 : Number((value * BPS) / totalAssets));
  const columns: Column<Holding>[] = [
    {
      key: "name",
      title: t("validator.one"),
      cell: ({ validatorId }) => (
        <Link
          className="link inline-flex min-h-6 min-w-24 items-center"
          to="/validators/$id"
          params={{ id: String(validatorId) }}
        >
          {nameOf(validatorId)}
        </Link>
      ),
    },
    {
      key: "value",
      title: t("liquid.value"),
      isNumber: true,
      cell: ({ value }) => <Amount value={value} source={source} digits={2} />,
    },
    { key: "part", title: t("liquid.part"), isNumber: true, cell: ({ value }) => part(value) },
    {
      key: "room",
      title: t("liquid.room"),
      isNumber: true,
      isMinor: true,
      cell: ({ value }) => <Amount value={cap > value ? cap - value : 0n} source={source} digits={0} />,
    },
    {
      key: "state",
      title: t("liquid.state"),
      cell: ({ suspicion }) =>
        suspicion ? (
          <Badge tone="danger">{t(`closed.${suspicion}`)}</Badge>
        ) : (
          <Badge tone="success">{t("liquid.sound")}</Badge>
        ),
    },
  ];
  return (
    <Panel title={t("liquid.holdings")} source={source} data-testid="liquid-holdings">
      {holdings.length === 0 ? (
        <Empty title={t("liquid.noHoldings")} reason={t("liquid.noHoldingsReason")} />
      ) : (
        <DataTable
          caption={t("liquid.holdings")}
          columns={columns}
          rows={holdings}
          rowKey={({ validatorId }) => String(validatorId)}
          rowTestId="liquid-holding"
        />
      )}
      <Facts
        facts={[
          { name: t("liquid.cap"), value: formatBps(capBps) },
          { name: t("liquid.idle"), value: <Amount value={idle} source={source} digits={4} /> },
          { name: t("liquid.returning"), value: <Amount value={returning} source={source} digits={4} /> },
          { name: t("liquid.unharvested"), value: <Amount value={pending} source={source} digits={8} /> },
        ]}
      />
      {pending > 0n && (
        <div className="mt-3 grid gap-2">
          <p className="text-sm text-muted">{t("liquid.harvestMeaning")}</p>
          <ActionButton
            action={harvest}
            input={{ tokens: pending }}
            label={t("liquid.harvest")}
            kind="secondary"
            testId="harvest"
          />
        </div>
      )}
    </Panel>
  );
}
