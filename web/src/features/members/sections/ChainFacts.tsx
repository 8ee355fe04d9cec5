import { Link } from "@tanstack/react-router";
import { formatTime } from "../../../shared/format/number.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { buttonLook } from "../../../shared/ui/Button.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { type Fact, Facts } from "../../../shared/ui/values/Facts.tsx";
import { HexText } from "../../../shared/ui/values/HexText.tsx";
import type { Member } from "../queries.ts";

/** What the chain knows of a member. */
export function ChainFacts({ member }: { member: Member }) {
  const t = useT();
  const locale = useLocale();
  const source = useSources();
  const { validator, operator, payoutAddress, frozenUntil } = member;
  const facts: Fact[] = [
    { name: t("members.stake"), value: <Amount value={member.totalStake} /> },
    { name: t("member.operator"), value: operator ? <HexText value={operator} /> : "–" },
    { name: t("member.payout"), value: payoutAddress ? <HexText value={payoutAddress} /> : "–" },
    ...(frozenUntil === null ? [] : [{ name: t("member.frozen"), value: formatTime(frozenUntil, locale) }]),
    {
      name: t("member.validator"),
      value: validator ? (
        <Link to="/validators/$id" params={{ id: String(validator.validatorId) }}>
          {validator.name || `#${validator.validatorId}`}
        </Link>
      ) : (
        "–"
      ),
    },
  ];
  return (
    <Panel title={t("member.chain")} source={source.indexed} data-testid="member-chain">
      {member.memberNo === null ? <p>{t("member.notOnChain")}</p> : <Facts facts={facts} />}
    </Panel>
  );
}

/** What stands against a member on the chain, and where wallets with a role act. */
export function Sanctions({ member: { suspensions, orders } }: { member: Member }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Panel title={t("member.standing")} data-testid="member-standing">
      {suspensions.length + orders.length === 0 && <p>{t("member.noStanding")}</p>}
      <ul className="grid gap-2">
        {suspensions.map(({ suspensionId: id, state, suspendedAt }) => (
          <li key={id}>
            <Link to="/appeals/$id" params={{ id: `suspension-${id}` }}>
              {t("member.suspension", { id })}
            </Link>{" "}
            <span className="text-muted">
              {t(`suspendState.${state}`)} · {formatTime(suspendedAt, locale)}
            </span>
          </li>
        ))}
        {orders.map(({ kind, at }) => (
          <li key={`${kind} ${at}`}>
            {t(`memberOrder.${kind}`)} <span className="text-muted">{formatTime(at, locale)}</span>
          </li>
        ))}
      </ul>
      <p className="mt-4 mb-2 text-sm text-muted">{t("member.councilLead")}</p>
      <Link to="/council" className={buttonLook("secondary")}>
        {t("member.council")}
      </Link>
    </Panel>
  );
}
