import { useQuery } from "@tanstack/react-query";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { authorised } from "../../../shared/session/session.ts";
import { Section } from "./Section.tsx";

interface Holder {
  memberId: string;
  role: "administrator" | "compliance" | "auditor";
  expiresAt: string;
}

/** Roles of the staff that the member has, for those who may see who works here. */
export function StaffRoles({ accountId }: { accountId: string }) {
  const t = useT();
  const locale = useLocale();
  const staff = useQuery({
    queryKey: ["member-roles", accountId],
    queryFn: async () =>
      (await authorised<{ staff: Holder[] }>("GET", "/api/v1/admin/staff")).staff.filter(
        ({ memberId }) => memberId === accountId,
      ),
    retry: false,
  });
  return (
    <Section title={t("member.roles")} testId="member-roles" query={staff}>
      {(held) =>
        held.length === 0 ? (
          <p>{t("member.noRoles")}</p>
        ) : (
          <ul>
            {held.map(({ role, expiresAt }) => (
              <li key={role}>
                {t("member.rolesUntil", {
                  role: t(`staffRole.${role}`),
                  time: formatTime(Date.parse(expiresAt) / 1_000, locale),
                })}
              </li>
            ))}
          </ul>
        )
      }
    </Section>
  );
}
