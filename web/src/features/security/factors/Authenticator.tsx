import { useMutation, useQuery } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Hurdle } from "../../../shared/session/Hurdle.tsx";
import { wordsOfRefusal } from "../../../shared/session/refused-words.ts";
import { authorised } from "../../../shared/session/session.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";

const PATH = "/api/v1/auth/mfa/totp";

/** The address as a picture that apps read; drawn here, so that the secret goes nowhere. */
function Picture({ uri }: { uri: string }) {
  const t = useT();
  const { data } = useQuery({
    queryKey: ["qr", uri],
    queryFn: async () => (await import("uqr")).renderSVG(uri, { border: 2 }),
    gcTime: 0,
  });
  if (!data) return null;
  return (
    <img
      alt={t("factor.picture")}
      className="h-48 w-48 rounded-lg bg-white"
      src={`data:image/svg+xml;utf8,${encodeURIComponent(data)}`}
    />
  );
}

function Enrol({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const t = useT();
  const begin = useMutation({ mutationFn: () => authorised<{ secret: string; uri: string }>("POST", PATH) });
  const confirm = useMutation({
    mutationFn: async (code: string) =>
      (await authorised<{ recoveryCodes: string[] }>("POST", `${PATH}/confirm`, { code })).recoveryCodes,
    onSuccess: onCodes,
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    confirm.mutate(String(new FormData(event.currentTarget).get("code") ?? "").replace(/\s/g, ""));
  }
  if (!begin.data) {
    return (
      <>
        <Button kind="primary" busy={begin.isPending} data-testid="totp-begin" onClick={() => begin.mutate()}>
          {t("factor.totpAdd")}
        </Button>
        <Hurdle of={begin} />
      </>
    );
  }
  return (
    <form onSubmit={submit} className="grid gap-3" data-testid="totp-form">
      <p>{t("factor.totpHow")}</p>
      <Picture uri={begin.data.uri} />
      <p>
        {t("factor.totpKey")}{" "}
        <code className="break-all select-all" data-testid="totp-secret">
          {begin.data.secret}
        </code>
      </p>
      <Field label={t("factor.totpCode")}>
        {(ids) => (
          <input
            {...ids}
            name="code"
            required
            inputMode="numeric"
            maxLength={7}
            autoComplete="one-time-code"
            className={inputLook}
          />
        )}
      </Field>
      {confirm.error && <Notice tone="danger">{wordsOfRefusal(confirm.error, t)}</Notice>}
      <div>
        <Button kind="primary" type="submit" busy={confirm.isPending} data-testid="totp-confirm">
          {t("factor.totpConfirm")}
        </Button>
      </div>
    </form>
  );
}

/** Codes of an authenticator app: enrolled by a picture or by hand, removed with a factor. */
export function Authenticator({
  has,
  onCodes,
  onChanged,
}: {
  has: boolean;
  onCodes: (codes: string[]) => void;
  onChanged: () => void;
}) {
  const t = useT();
  const remove = useMutation({ mutationFn: () => authorised("DELETE", PATH), onSuccess: onChanged });
  return (
    <section className="border-t border-line pt-4" data-testid="totp">
      <h3 className="mb-2 flex items-center gap-2 font-semibold">
        {t("factor.totp")} {has && <Badge tone="success">{t("factor.on")}</Badge>}
      </h3>
      {has ? (
        <>
          <Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            {t("factor.remove")}
          </Button>
          <Hurdle of={remove} />
        </>
      ) : (
        <Enrol onCodes={onCodes} />
      )}
    </section>
  );
}
