import { useConnection } from "wagmi";
import { ActionButton } from "../../shared/action/ActionButton.tsx";
import { useT } from "../../shared/i18n/i18n.ts";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { registerMember } from "./actions/register-member.ts";

/** Makes the connected wallet a member. */
export function Join() {
  const t = useT();
  const { address } = useConnection();
  return (
    <>
      <Notice title={t("join.title")}>
        <p>{t("join.reason")}</p>
        <p>{t("join.salt")}</p>
      </Notice>
      <ActionButton action={registerMember} input={address && { account: address }} label={t("join.button")} />
    </>
  );
}
