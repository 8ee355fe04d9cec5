import { Link } from "@tanstack/react-router";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { useSection } from "../queries.ts";
import { Section } from "./Section.tsx";

interface Case {
  id: string;
  level: 1 | 2 | 3;
  state: "pending" | "review" | "recommended" | "approved" | "rejected" | "expired" | "revoked";
  answer: "none" | "waiting" | "green" | "red_retry" | "red_final";
  stateAt: string;
}

/** A member's identity cases, the newest first. */
export function Cases({ accountId }: { accountId: string }) {
  const t = useT();
  const locale = useLocale();
  const cases = useSection<{ cases: Case[] }>(accountId, "kyc-cases");
  return (
    <Section title={t("member.cases")} testId="member-cases" query={cases}>
      {({ cases: list }) =>
        list.length === 0 ? (
          <p>{t("member.noCases")}</p>
        ) : (
          <ul className="grid gap-2">
            {list.map(({ id, level, state, answer, stateAt }) => (
              <li key={id}>
                <Link to="/admin/kyc/$id" params={{ id }}>
                  {t(`kyc.${level}`)} · {t(`case.${state}`)}
                </Link>{" "}
                <span className="text-muted">
                  {t(`answer.${answer}`)} · {formatTime(Date.parse(stateAt) / 1_000, locale)}
                </span>
              </li>
            ))}
          </ul>
        )
      }
    </Section>
  );
}
