import { useQuery } from "@tanstack/react-query";
import { useConnection } from "wagmi";
import { shortHex } from "../../shared/format/number.ts";
import { type Translate, useT } from "../../shared/i18n/i18n.ts";
import { Button } from "../../shared/ui/Button.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Loading } from "../../shared/ui/states/Loading.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { openWallets } from "../../shared/wallet/opening.ts";
import { Sessions } from "./Sessions.tsx";
import { Refused, renew, type Session, signOut, useSession } from "./session.ts";
import { useSignIn } from "./use-sign-in.ts";

function wordsOf(error: Error, t: Translate): string {
  if (!(error instanceof Refused)) return t("security.rejected");
  if (error.code === "SIGN_IN_OFF") return t("security.off");
  if (error.code === "OFFLINE") return t("security.offline");
  if (error.code === "SESSION_ENDED") return t("security.ended");
  if (error.wait !== undefined) return t("security.patience", { seconds: error.wait });
  return t("security.refused", { reason: error.message });
}

function SignInPanel({ session }: { session: Session | undefined }) {
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

/** Sign-in by wallet, and the sessions that follow from it. */
export function SecurityPage() {
  const t = useT();
  const session = useSession();
  const earlier = useQuery({
    queryKey: ["session"],
    queryFn: async () => (await renew()) ?? null,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <>
      <PageHeader title={t("security.title")} lead={t("security.lead")} />
      <div className="grid gap-4">
        {earlier.error && <Notice tone="danger">{wordsOf(earlier.error, t)}</Notice>}
        {session === "unknown" ? <Loading lines={3} /> : <SignInPanel session={session} />}
        {session !== "unknown" && session && <Sessions session={session} />}
      </div>
    </>
  );
}
