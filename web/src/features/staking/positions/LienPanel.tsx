import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChainNow } from "../../../shared/chain/head.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { formatTime } from "../../../shared/format/number.ts";
import { useValidatorNames } from "../../../shared/graphql/validator-names.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { Countdown } from "../../../shared/ui/values/Countdown.tsx";
import { Facts } from "../../../shared/ui/values/Facts.tsx";
import { settleLien } from "../actions/settle-lien.ts";
import type { Position } from "../queries.ts";

/** What a redelegated position may still owe for a slash of its source, and the way to lift it. */
export function LienPanel({ position, source }: { position: Position; source: string }) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const nameOf = useValidatorNames();
  const read = useChainRead(["lien", position.lien], async ({ client, at }) => {
    const [lien, owed] = await Promise.all([
      client.readContract({ ...at.core, functionName: "lien", args: [position.lien] }),
      client.readContract({ ...at.core, functionName: "lienOwed", args: [position.lien] }),
    ]);
    const { maturesAt } = await client.readContract({ ...at.core, functionName: "cohort", args: [lien.src, lien.day] });
    return { src: lien.src, owed, maturesAt };
  });
  const lien = read.data;
  const isRipe = lien !== undefined && now >= lien.maturesAt;
  return (
    <Panel title={t("lien.title")} source={source}>
      <p className="mb-2 text-sm text-muted">{t("lien.meaning")}</p>
      {lien && (
        <Facts
          facts={[
            { name: t("lien.source"), value: nameOf(lien.src) },
            { name: t("lien.owed"), value: <Amount value={lien.owed} source={source} /> },
            { name: t("lien.until"), value: formatTime(lien.maturesAt, locale) },
            ...(isRipe ? [] : [{ name: t("lien.left"), value: <Countdown seconds={lien.maturesAt - now} /> }]),
          ]}
        />
      )}
      {isRipe && (
        <div className="mt-3">
          <ActionButton
            action={settleLien}
            input={{ positionId: position.id }}
            label={t("lien.settle")}
            testId="settle-lien"
          />
        </div>
      )}
    </Panel>
  );
}
