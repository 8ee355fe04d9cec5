import { formatTime } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { HexText } from "../../shared/ui/values/HexText.tsx";
import type { IndexedBlock } from "./BlockFacts.tsx";

/** Blocks of this height that the chain has abandoned. */
export function Orphans({ orphans }: { orphans: IndexedBlock["orphans"] }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Panel title={t("block.orphans")} data-testid="orphans">
      <Notice tone="warning" title={t("block.orphanMeaning")} />
      <ul className="mt-3 grid gap-2">
        {orphans.map(({ hash, timestamp }) => (
          <li key={hash} className="flex flex-wrap justify-between gap-2">
            <HexText value={hash} ends={10} />
            <span className="text-muted">{formatTime(timestamp, locale)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
