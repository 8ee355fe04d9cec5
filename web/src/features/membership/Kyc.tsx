import { Link } from "@tanstack/react-router";
import { useStanding } from "../../shared/action/gate/use-gate.ts";
import { useChain } from "../../shared/chain/context.ts";
import { demoKyc } from "../../shared/chain/demo.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { Button, buttonLook } from "../../shared/ui/Button.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { useDemo } from "./use-demo.ts";

const name = (level: number) => `kyc.${level as 0 | 1 | 2 | 3}` as const;

/** Explains which KYC level is needed; on a local chain, gets it from the demo attester. */
export function Kyc({ level }: { level: number }) {
  const t = useT();
  const { config } = useChain();
  const { address, data: standing } = useStanding();
  const demo = useDemo(async () => config.demo && address && demoKyc(config.demo.url, address, level));
  const isOffered = config.demo !== null && level <= 2;
  return (
    <>
      <Notice tone="warning" title={t("kyc.needed", { level: t(name(level)) })}>
        {t("kyc.current", { level: t(name(standing?.kycLevel ?? 0)) })} {t("kyc.reason")}
      </Notice>
      {isOffered ? (
        <Button kind="primary" wide data-testid="primary-action" busy={demo.isPending} onClick={() => demo.mutate()}>
          {t("kyc.demo")}
        </Button>
      ) : (
        <Link to="/kyc" className={buttonLook("secondary", true)} data-testid="primary-action">
          {t("kyc.contact")}
        </Link>
      )}
      <p role="status" className="text-sm text-muted">
        {demo.isSuccess ? t("kyc.demoDone") : ""}
      </p>
      {demo.error && <Notice tone="danger" title={t("demo.failed", { reason: demo.error.message })} />}
    </>
  );
}
