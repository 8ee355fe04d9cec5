import { useState } from "react";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { Facts } from "../../../shared/ui/values/Facts.tsx";
import { HexText } from "../../../shared/ui/values/HexText.tsx";
import { rotateKey } from "../actions/rotate-key.ts";
import type { MyValidator } from "../queries.ts";
import { type Draft, emptyDraft, type Field, toKey, wrongFields } from "../registering/form.ts";
import { KeyProof } from "../registering/KeyProof.tsx";

const isOfKey = (field: Field): field is "key" | "proof" => field === "key" || field === "proof";

/** Replaces the consensus key, with a proof that the new one is held. */
export function KeyRotation({
  validator,
  memberNo,
  source,
}: {
  validator: MyValidator;
  memberNo: bigint;
  source: string;
}) {
  const t = useT();
  const locale = useLocale();
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [touched, setTouched] = useState<ReadonlySet<Field>>(new Set());
  const wrong = wrongFields(draft).filter(isOfKey);
  const touch = (...fields: Field[]) => setTouched((old) => new Set([...old, ...fields]));
  const key = toKey(draft);
  function toFirstWrong() {
    touch(...wrong);
    document.querySelector<HTMLElement>(`[data-field=${wrong[0]}]`)?.focus();
  }
  return (
    <Panel title={t("rotation.title")} source={source} data-testid="key-rotation">
      <Facts
        facts={[
          { name: t("rotation.current"), value: <HexText value={validator.keyHash} /> },
          { name: t("rotation.since"), value: formatTime(validator.keySince, locale) },
        ]}
      />
      <div className="my-3">
        <Notice tone="warning" title={t("rotation.warning")}>
          {t("rotation.meaning")}
        </Notice>
      </div>
      {validator.openCases > 0 || validator.isTombstoned ? (
        <Notice tone="danger" title={t(validator.isTombstoned ? "closed.tombstoned" : "closed.case")} />
      ) : (
        <>
          <KeyProof
            memberNo={memberNo}
            draft={draft}
            change={(part) => setDraft((old) => ({ ...old, ...part }))}
            touch={touch}
            objection={(field) =>
              isOfKey(field) && touched.has(field) && wrong.includes(field)
                ? t(`registerForm.${field}Wrong`)
                : undefined
            }
          />
          <ActionButton
            action={rotateKey}
            input={key && { validatorId: validator.id, ...key }}
            label={t("rotation.sign")}
            missing={{ label: t("registerForm.complete"), go: toFirstWrong }}
            testId="rotate-key"
            onSent={() => setDraft(emptyDraft)}
          />
        </>
      )}
    </Panel>
  );
}
