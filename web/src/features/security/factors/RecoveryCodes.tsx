import { useMutation } from "@tanstack/react-query";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Hurdle } from "../../../shared/session/Hurdle.tsx";
import { authorised } from "../../../shared/session/session.ts";
import { Button, buttonLook } from "../../../shared/ui/Button.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";

/** Codes that are shown this one time. */
export function NewCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const t = useT();
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${codes.join("\n")}\n`)}`;
  return (
    <section aria-live="polite" className="mt-4 rounded-lg border border-line bg-bg p-3" data-testid="recovery-codes">
      <Notice tone="warning">{t("factor.codesOnce")}</Notice>
      <ul className="my-3 grid grid-cols-2 gap-x-6 font-mono tabular-nums">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <a href={file} download="tburn-recovery-codes.txt" className={buttonLook("secondary")}>
          {t("factor.download")}
        </a>
        <Button kind="primary" data-testid="codes-kept" onClick={onKept}>
          {t("factor.kept")}
        </Button>
      </div>
    </section>
  );
}

/** How many codes are left, and new ones for old. */
export function RecoveryCodes({ left, onCodes }: { left: number; onCodes: (codes: string[]) => void }) {
  const t = useT();
  const renew = useMutation({
    mutationFn: async () =>
      (await authorised<{ recoveryCodes: string[] }>("POST", "/api/v1/auth/mfa/recovery")).recoveryCodes,
    onSuccess: onCodes,
  });
  return (
    <div className="mt-4" data-testid="recovery">
      <p className="mb-2">{t("factor.codesLeft", { count: left })}</p>
      <Button busy={renew.isPending} onClick={() => renew.mutate()}>
        {t("factor.codesNew")}
      </Button>
      <Hurdle of={renew} />
    </div>
  );
}
