import { Link } from "@tanstack/react-router";
import { suspensionManagerAbi } from "@tburn/deployments/abi/suspension-manager";
import { useChainNow } from "../../chain/head.ts";
import { useChainRead } from "../../chain/read.ts";
import { formatTime } from "../../format/number.ts";
import { useLocale, useT } from "../../i18n/i18n.ts";
import type { Key } from "../../i18n/ko.ts";
import { buttonLook } from "../../ui/Button.tsx";
import { Notice } from "../../ui/states/Notice.tsx";
import { Countdown } from "../../ui/values/Countdown.tsx";
import type { Standing } from "./obstacle.ts";

const IMPOSED = 1;
const APPEALED = 2;
const EMERGENCY = 6;

/** Reason, deadlines and stage of a suspension, from the chain. */
function useSuspension(id: bigint) {
  return useChainRead(
    ["suspension", id],
    async ({ client, deployment }) => {
      const manager = { address: deployment.contracts.SuspensionManager.address, abi: suspensionManagerAbi };
      const [suspension, endsAt] = await Promise.all([
        client.readContract({ ...manager, functionName: "suspension", args: [id] }),
        client.readContract({ ...manager, functionName: "endsAtOf", args: [id] }),
      ]);
      return { ...suspension, endsAt };
    },
    { enabled: id !== 0n },
  ).data;
}

/** What keeps a suspended member from acting, until when, and until when it may appeal. */
export default function Suspended({ standing }: { standing: Standing }) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const { suspensionId, status } = standing;
  const suspension = useSuspension(suspensionId);
  // The appeals page is another feature's; it is known here by its address only.
  const page: string = `/appeals/suspension-${suspensionId}`;
  const mayAppeal = suspension?.state === IMPOSED && suspension.reason !== EMERGENCY && now < suspension.appealBy;
  return (
    <>
      <Notice tone="danger" title={t(`member.${status}`)}>
        {suspension && (
          <ul className="mb-1 grid gap-0.5" data-testid="suspension-facts">
            <li>{t("gate.suspensionReason", { reason: t(`suspensionReason.${suspension.reason}` as Key) })}</li>
            <li>
              {t("gate.suspensionEnds", { time: formatTime(suspension.endsAt, locale) })}
              {now < suspension.endsAt && (
                <>
                  {" "}
                  · <Countdown seconds={suspension.endsAt - now} />
                </>
              )}
            </li>
            {mayAppeal && (
              <li>
                {t("gate.appealBy", { time: formatTime(suspension.appealBy, locale) })} ·{" "}
                <Countdown seconds={suspension.appealBy - now} />
              </li>
            )}
            {suspension.state === APPEALED && (
              <li>{t("gate.decideBy", { time: formatTime(suspension.decideBy, locale) })}</li>
            )}
          </ul>
        )}
        <p>{t("gate.suspended")}</p>
      </Notice>
      {suspensionId !== 0n && (
        <Link to={page} className={buttonLook("primary", true)} data-testid="primary-action">
          {t(mayAppeal ? "gate.appeal" : "gate.toSuspension")}
        </Link>
      )}
    </>
  );
}
