import { Link } from "@tanstack/react-router";
import { useStanding } from "../../shared/action/gate/use-gate.ts";
import { useChainNow } from "../../shared/chain/head.ts";
import { useChainRead } from "../../shared/chain/read.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { Countdown } from "../../shared/ui/values/Countdown.tsx";
import { canAppeal, readSuspension, suspensionsOf } from "./queries.ts";

/** Tells a suspended member, on every screen, why, how long, and until when it may appeal. */
export function SuspendedBanner() {
  const t = useT();
  const now = useChainNow();
  const { data: standing } = useStanding();
  const memberNo = standing?.memberNo ?? 0n;
  const { data: known } = useChainRead(
    ["own-suspension", memberNo],
    async (reader) => {
      const manager = suspensionsOf(reader.at);
      const id = await reader.client.readContract({ ...manager, functionName: "currentOf", args: [memberNo] });
      return id === 0n ? null : readSuspension(reader, Number(id));
    },
    { enabled: memberNo !== 0n && standing?.status === "suspended" },
  );
  if (!known || standing?.status !== "suspended") return null;
  return (
    <p
      data-testid="suspended-banner"
      className="flex flex-wrap items-center gap-x-2 border-b border-danger bg-surface px-4 py-2 text-sm"
    >
      <strong className="text-danger">{t("suspendedBanner.title")}</strong>
      <span>{t(`suspendReason.${known.reason}`)}</span>
      <span>
        {t(now < known.endsAt ? "suspendedBanner.left" : "suspendedBanner.over")}{" "}
        {now < known.endsAt && <Countdown seconds={known.endsAt - now} />}
      </span>
      {canAppeal(known, now) && (
        <span>
          {t("suspendedBanner.appeal")} <Countdown seconds={known.appealBy - now} />
        </span>
      )}
      <Link
        to="/appeals/$id"
        params={{ id: `suspension-${known.suspensionId}` }}
        className="link inline-flex min-h-6 items-center"
      >
        {t("suspendedBanner.more")}
      </Link>
    </p>
  );
}
