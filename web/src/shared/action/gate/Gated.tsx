import { lazy, type ReactNode, Suspense } from "react";
import { useT } from "../../i18n/i18n.ts";
import { Button } from "../../ui/Button.tsx";
import { Loading } from "../../ui/states/Loading.tsx";
import { openWallets } from "../../wallet/opening.ts";
import type { Condition, Needs } from "./obstacle.ts";
import { useRemedies } from "./remedies.ts";
import { Frozen, Paused } from "./Stopped.tsx";
import { SwitchNetwork } from "./SwitchNetwork.tsx";
import { useGate } from "./use-gate.ts";

const Suspended = lazy(() => import("./Suspended.tsx"));

interface Props {
  needs: Needs;
  /** A screen that members see whatever keeps them from acting: what they have, and the ways out, are never closed. */
  canLook?: boolean;
  /** The action's own button, or a whole screen. */
  children: ReactNode;
}

function Remedy({ condition, needs }: { condition: Condition; needs: Needs }) {
  const t = useT();
  const { standing } = useGate(needs);
  const { Join, Kyc, Funds } = useRemedies();
  switch (condition) {
    case "loading":
      return <Loading lines={1} />;
    case "disconnected":
      return (
        <Button kind="primary" wide data-testid="primary-action" onClick={openWallets}>
          {t("wallet.connect")}
        </Button>
      );
    case "wrong-network":
      return <SwitchNetwork />;
    case "not-member":
      return <Join />;
    case "kyc":
      return <Kyc level={Math.max(1, needs.kyc ?? 1)} />;
    case "no-gas":
      return <Funds kind="gas" />;
    case "insufficient":
      return <Funds kind="tokens" least={needs.tokens ?? 0n} />;
    case "suspended":
      return standing && <Suspended standing={standing} />;
    case "frozen":
      return standing && <Frozen standing={standing} />;
    case "paused":
      return standing && <Paused asked={needs.scopes ?? []} standing={standing} />;
  }
}

const lookable: readonly Condition[] = ["no-gas", "suspended", "kyc"];

/** Shows the action's button, or in its place what has to be done first. */
export function Gated({ needs, canLook, children }: Props) {
  const { condition, standing } = useGate(needs);
  if (!condition) return children;
  const isSeen = canLook && standing !== undefined && standing.memberNo !== 0n && lookable.includes(condition);
  return (
    <div className="grid gap-5">
      <div data-testid={`gate-${condition}`} className="grid gap-3">
        <Suspense fallback={<Loading lines={1} />}>
          <Remedy condition={condition} needs={needs} />
        </Suspense>
      </div>
      {isSeen && children}
    </div>
  );
}
