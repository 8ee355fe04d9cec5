import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { useSection } from "../queries.ts";
import { type Node, NodeStanding } from "./NodeStanding.tsx";
import { Section } from "./Section.tsx";

type State =
  | "TIER_INTENT"
  | "ACCOUNT_CREATED"
  | "EMAIL_PENDING"
  | "PHONE_PENDING"
  | "KYC_PENDING"
  | "KYC_REVIEW"
  | "KYC_APPROVED"
  | "KYC_REJECTED"
  | "STAKE_INTENT"
  | "STAKE_CONFIRMED"
  | "VALIDATOR_SETUP"
  | "PENDING_APPROVAL"
  | "APPROVED"
  | "REJECTED"
  | "EXPIRED";

interface Registration {
  id: string;
  state: State;
  tier: "BASIC_USER" | "DELEGATED_STAKER" | "CANDIDATE_VALIDATOR" | "ACTIVE_VALIDATOR" | "ENTERPRISE_VALIDATOR";
  deadline: string | null;
  node: Node | null;
  steps: { command: string; state: State; at: string }[];
}

const isOpen = (state: State) => !["APPROVED", "REJECTED", "EXPIRED"].includes(state);

/** A member's ways in, the newest first, each with its steps. */
export function Registrations({ accountId }: { accountId: string }) {
  const t = useT();
  const locale = useLocale();
  const at = (time: string) => formatTime(Date.parse(time) / 1_000, locale);
  const registrations = useSection<{ registrations: Registration[] }>(accountId, "registrations");
  return (
    <Section title={t("member.registrations")} testId="member-registrations" query={registrations}>
      {({ registrations: list }) =>
        list.length === 0 ? (
          <p>{t("member.noRegistrations")}</p>
        ) : (
          <ul className="grid gap-4">
            {list.map(({ id, state, tier, deadline, node, steps }) => (
              <li key={id}>
                <p className="font-semibold">
                  {t(`onboarding.tier.${tier}`)} · {t(`registrationState.${state}`)}
                </p>
                {deadline && (
                  <p className="text-sm text-muted">
                    {t("member.deadline")}: {at(deadline)}
                  </p>
                )}
                {node && <NodeStanding path={`${accountId}/registrations/${id}`} node={node} isOpen={isOpen(state)} />}
                <ol className="mt-1 text-sm">
                  {steps.map((step) => (
                    <li key={`${step.at} ${step.command}`}>
                      <span className="num text-muted">{at(step.at)}</span> {t(`registrationState.${step.state}`)}
                    </li>
                  ))}
                </ol>
              </li>
            ))}
          </ul>
        )
      }
    </Section>
  );
}
