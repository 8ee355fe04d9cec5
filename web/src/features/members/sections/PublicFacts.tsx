import { formatTime } from "../../../shared/format/number.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { type Fact, Facts } from "../../../shared/ui/values/Facts.tsx";
import { HexText } from "../../../shared/ui/values/HexText.tsx";
import type { Member } from "../queries.ts";
import { statusTones } from "../Results.tsx";
import { kycLevels } from "../search.ts";

/** What everybody may know of a member, and its account with us. */
export function PublicFacts({ member }: { member: Member }) {
  const t = useT();
  const locale = useLocale();
  const source = useSources();
  const at = (seconds: number) => formatTime(seconds, locale);
  const facts: Fact[] = [
    { name: t("member.wallet"), value: <HexText value={member.accountAddress} /> },
    { name: t("member.name"), value: member.metadata?.displayName || t("members.unnamed") },
    { name: t("member.number"), value: member.memberNo ?? t("member.notOnChain") },
    { name: t("members.tier"), value: t(`shownTier.${member.shownTier}`) },
    {
      name: t("members.status"),
      value: <Badge tone={statusTones[member.status]}>{t(`memberStatus.${member.status}`)}</Badge>,
    },
    { name: t("members.kycLevel"), value: t(`kyc.${kycLevels.indexOf(member.kycLevel) as 0 | 1 | 2 | 3}`) },
    ...(member.kycValidUntil === null ? [] : [{ name: t("member.kycUntil"), value: at(member.kycValidUntil) }]),
    { name: t("member.since"), value: at(member.createdAt) },
    { name: t("members.acted"), value: at(member.lastActivityAt) },
    ...(member.accountId === null
      ? []
      : [{ name: t("member.account"), value: <code className="text-sm break-all">{member.accountId}</code> }]),
  ];
  return (
    <Panel title={t("member.public")} source={source.indexed} data-testid="member-public">
      <Facts facts={facts} />
    </Panel>
  );
}
