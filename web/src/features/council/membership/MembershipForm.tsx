import { useState } from "react";
import { useConnection } from "wagmi";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { MemberField, useMember } from "../compliance/MemberField.tsx";
import { End } from "./End.tsx";
import { Reinstate } from "./Reinstate.tsx";

/** The council ends a membership for good, or takes a member back whose membership has ended. */
export function MembershipForm() {
  const t = useT();
  const { address = "nobody" } = useConnection();
  const [written, setWritten] = useState("");
  const { data: member, block } = useMember(written);
  const isBarred = member?.status === "terminated" || member?.status === "blacklisted";
  return (
    <Panel title={t("bar.title")} data-testid="membership-form">
      <p className="mb-3 text-sm text-muted">{t("bar.meaning")}</p>
      <MemberField written={written} onChange={setWritten} member={member} block={block} />
      {member &&
        (isBarred ? (
          <Reinstate memberNo={member.memberNo} />
        ) : (
          <End key={`${address}-${member.memberNo}`} memberNo={member.memberNo} account={address} />
        ))}
    </Panel>
  );
}
