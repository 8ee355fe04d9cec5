import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Gated } from "../../../shared/action/gate/Gated.tsx";
import { useT } from "../../../shared/i18n/i18n.ts";
import { buttonLook } from "../../../shared/ui/Button.tsx";
import { Loading } from "../../../shared/ui/states/Loading.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { RefreshVotes } from "../parts/RefreshVotes.tsx";
import type { View } from "../queries.ts";
import { isEnded } from "../states.ts";
import { useMyUnits } from "./my-units.ts";
import { type Powerless, whyPowerless } from "./power.ts";

/** The way out of a lack of power; for the next vote where this one can no longer be reached. */
function Remedy({ why }: { why: Powerless }): ReactNode {
  const t = useT();
  switch (why) {
    case "not-member":
      return <Gated needs={{ member: true }}>{null}</Gated>;
    case "kyc":
      return <Gated needs={{ member: true, kyc: 1 }}>{null}</Gated>;
    case "stale":
      return <RefreshVotes />;
    case "delegated":
      return (
        <Link to="/governance/delegates" className={buttonLook("secondary", true)}>
          {t("noPower.manage")}
        </Link>
      );
    case "no-stake":
    case "late-stake":
      return (
        <Link to="/validators" className={buttonLook("primary", true)} data-testid="stake-for-votes">
          {t("stake.find")}
        </Link>
      );
    default:
      return null;
  }
}

/** Why nothing speaks through the reader in this vote, and what to do about it. */
export function NoPower({ view, canOverride }: { view: View; canOverride: boolean }) {
  const t = useT();
  const mine = useMyUnits();
  if (!mine.data || !mine.standing) return <Loading lines={2} />;
  const why = whyPowerless(view, mine.standing, mine.data);
  if (!why || (isEnded(view.state) && why !== "delegated")) {
    if (why === undefined && view.state === "active") return null;
    return <p className="text-muted">{t(why ? `noPower.${why}` : "noPower.notVoted")}</p>;
  }
  return (
    <div className="grid gap-3" data-testid="no-power" data-why={why}>
      <Notice tone={why === "pending" ? "info" : "warning"} title={t(`noPower.${why}`)}>
        {t(`noPower.${why}.remedy`)}
      </Notice>
      {why === "pending" && (
        <p>
          {t("noPower.now")}: <Amount value={mine.data.votes} digits={2} unit="" />
        </p>
      )}
      {!canOverride && <Remedy why={why} />}
    </div>
  );
}
