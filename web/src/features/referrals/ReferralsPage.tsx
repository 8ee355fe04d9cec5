import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { formatCount } from "../../shared/format/number.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { SignedIn } from "../../shared/session/SignedIn.tsx";
import { authorised } from "../../shared/session/session.ts";
import { Button, buttonLook } from "../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../shared/ui/form/Field.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { Amount } from "../../shared/ui/values/Amount.tsx";
import { Figures } from "../../shared/ui/values/Facts.tsx";

interface Referral {
  code: string | null;
  count: number;
  waitingCount: number;
  /** Base units. */
  rewardsEarned: string;
}

const linkOf = (code: string) => `${location.origin}/onboarding?ref=${code}`;

function Invitation({ code }: { code: string }) {
  const t = useT();
  const [outcome, setOutcome] = useState<"copied" | "copyFailed">();
  const link = linkOf(code);
  async function copy() {
    // Absent where the page came without TLS.
    const isCopied = await navigator.clipboard?.writeText(link).then(
      () => true,
      () => false,
    );
    setOutcome(isCopied ? "copied" : "copyFailed");
  }
  return (
    <Panel title={t("referrals.link")} data-testid="referral">
      <Field label={t("referrals.link")} hint={t("referrals.link.hint")}>
        {(ids) => (
          <input
            {...ids}
            readOnly
            value={link}
            data-testid="referral-link"
            onFocus={(event) => event.target.select()}
            className={`${inputLook} font-mono`}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-3">
        <Button kind="primary" data-testid="referral-copy" onClick={() => void copy()}>
          {t("referrals.copy")}
        </Button>
        <span role="status">{outcome ? t(`referrals.${outcome}`) : ""}</span>
      </div>
    </Panel>
  );
}

function Own({ memberId }: { memberId: string }) {
  const t = useT();
  const referral = useQuery({
    queryKey: ["referral", memberId],
    queryFn: () => authorised<Referral>("GET", `/api/v1/members/${memberId}/referral`),
  });
  return (
    <Answer query={referral} lines={5}>
      {({ code, count, waitingCount, rewardsEarned }) => (
        <div className="grid gap-5">
          {code ? (
            <Invitation code={code} />
          ) : (
            <Empty title={t("referrals.ineligible")} reason={t("referrals.ineligibleReason")}>
              <Link to="/onboarding" className={buttonLook("primary")}>
                {t("referrals.toOnboarding")}
              </Link>
            </Empty>
          )}
          <section aria-label={t("referrals.counts")}>
            <Figures
              facts={[
                { name: t("referrals.letIn"), value: <span data-testid="referral-count">{formatCount(count)}</span> },
                { name: t("referrals.waiting"), value: formatCount(waitingCount) },
                { name: t("referrals.earned"), value: <Amount value={rewardsEarned} /> },
              ]}
            />
          </section>
          <Notice>{t("referrals.noRewards")}</Notice>
        </div>
      )}
    </Answer>
  );
}

/** A member's own link, and how many came by it. */
export function ReferralsPage() {
  const t = useT();
  return (
    <>
      <PageHeader title={t("referrals.title")} lead={t("referrals.lead")} />
      <SignedIn>{({ memberId }) => <Own memberId={memberId} />}</SignedIn>
    </>
  );
}
