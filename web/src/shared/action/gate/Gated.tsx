import type { ReactNode } from "react";
import { useT } from "../../i18n/i18n.ts";
import { Button } from "../../ui/Button.tsx";
import { Loading } from "../../ui/states/Loading.tsx";
import { Notice } from "../../ui/states/Notice.tsx";
import { openWallets } from "../../wallet/opening.ts";
import type { Condition, Needs } from "./obstacle.ts";
import { useRemedies } from "./remedies.ts";
import { SwitchNetwork } from "./SwitchNetwork.tsx";
import { useGate } from "./use-gate.ts";

interface Props {
  needs: Needs;
  /** The action's own button. */
  children: ReactNode;
}

function Remedy({ condition, needs, children }: { condition: Condition } & Props) {
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
      return <Funds kind="tokens" />;
    case "suspended":
      return (
        <>
          <Notice tone="danger" title={t(`member.${standing?.status ?? "suspended"}`)}>
            {t("gate.suspended")}
          </Notice>
          {children}
        </>
      );
  }
}

/** Shows the action's button, or in its place what has to be done first. */
export function Gated({ needs, children }: Props) {
  const { condition } = useGate(needs);
  if (!condition) return children;
  return (
    <div data-testid={`gate-${condition}`} className="grid gap-3">
      <Remedy condition={condition} needs={needs}>
        {null}
      </Remedy>
    </div>
  );
}
