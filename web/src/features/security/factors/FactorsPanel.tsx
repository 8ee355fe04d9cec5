import { useState } from "react";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Authenticator } from "./Authenticator.tsx";
import { PasskeyList } from "./PasskeyList.tsx";
import { useFactors, useFactorsChanged } from "./queries.ts";
import { NewCodes, RecoveryCodes } from "./RecoveryCodes.tsx";

/** What the member proves with to be there, beside its wallet. */
export function FactorsPanel() {
  const t = useT();
  const factors = useFactors();
  const changed = useFactorsChanged();
  const [codes, setCodes] = useState<string[]>([]);
  const onCodes = (made: string[]) => {
    setCodes(made);
    void changed();
  };
  return (
    <Panel title={t("factor.title")} data-testid="factors">
      <p className="mb-4 text-muted">{t("factor.lead")}</p>
      {codes.length > 0 && <NewCodes codes={codes} onKept={() => setCodes([])} />}
      <Answer query={factors} lines={4}>
        {({ totp, passkeys, recoveryCodesLeft }) => (
          <div className="grid gap-4">
            <PasskeyList passkeys={passkeys} onCodes={onCodes} onChanged={() => void changed()} />
            <Authenticator has={totp} onCodes={onCodes} onChanged={() => void changed()} />
            {(totp || passkeys.length > 0) && <RecoveryCodes left={recoveryCodesLeft} onCodes={onCodes} />}
          </div>
        )}
      </Answer>
    </Panel>
  );
}
