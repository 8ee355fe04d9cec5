import { useConnection } from "wagmi";
import { shortHex } from "../format/number.ts";
import { type Translate, useT } from "../i18n/i18n.ts";
import { Button } from "../ui/Button.tsx";
import { Panel } from "../ui/Panel.tsx";
import { Notice } from "../ui/states/Notice.tsx";
import { openWallets } from "../wallet/opening.ts";
import { Refused, type Session, signOut } from "./session.ts";
import { useSignIn } from "./use-sign-in.ts";

/** Why somebody could not be signed in, in words. */
export function wordsOf(error: Error, t: Translate): string {
  if (!(error instanceof Refused)) return t("security.rejected");
  if (error.code === "SIGN_IN_OFF") return t("security.off");
  if (error.code === "OFFLINE") return t("security.offline");
  if (error.code === "SESSION_ENDED") return t("security.ended");
  if (error.code === "ADDRESS_NOT_ALLOWED") return t("refused.ADDRESS_NOT_ALLOWED");
  if (error.wait !== undefined) return t("security.patience", { seconds: error.wait });
  return t("security.refused", { reason: error.message });
}

/** Signs in with the connected wallet, and out. */
export function SignInPanel({ session }: { session: Session | undefined }) {
  const t = useT();
  const { address } = useConnection();
  const signIn = useSignIn();
  const isOther = session !== undefined && address !== undefined && session.address !== address.toLowerCase();
  return (
    <Panel title={session ? t("security.in") : t("security.out")} data-testid="sign-in">
      {signIn.error && <Notice tone="danger">{wordsOf(signIn.error, t)}</Notice>}
      {isOther && (
        <Notice tone="warning">
          {t("security.other", { session: shortHex(session.address), wallet: shortHex(address) })}
        </Notice>
      )}
      {session && <p className="mb-3 font-mono break-all">{session.address}</p>}
      {!session && !address && <p className="mb-3">{t("security.connectFirst")}</p>}
      <div className="flex flex-wrap gap-2">
        {!session && !address && (
          <Button kind="primary" onClick={openWallets}>
            {t("security.connect")}
          </Button>
        )}
        {address && (!session || isOther) && (
          <Button kind="primary" busy={signIn.isPending} data-testid="sign-in-button" onClick={() => signIn.mutate()}>
            {isOther ? t("security.signInAs") : t("security.signIn")}
          </Button>
        )}
        {session && (
          <Button data-testid="sign-out" onClick={() => void signOut().catch(() => undefined)}>
            {t("security.signOut")}
          </Button>
        )}
      </div>
    </Panel>
  );
}
