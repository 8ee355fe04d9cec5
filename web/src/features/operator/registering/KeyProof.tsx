import { type Hex, keccak256 } from "viem";
import { useChain } from "../../../shared/chain/context.ts";
import { usePublicClient } from "../../../shared/chain/public-client.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { HexText } from "../../../shared/ui/values/HexText.tsx";
import { type Draft, type Field as FieldName, isKey } from "./form.ts";

interface Props {
  memberNo: bigint;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  touch: (field: FieldName) => void;
  objection: (field: FieldName) => string | undefined;
}

/** The consensus key and the signature by which its holder shows that it is theirs. */
export function KeyProof({ memberNo, draft, change, touch, objection }: Props) {
  const t = useT();
  const { config, deployment } = useChain();
  const client = usePublicClient();
  const hasKey = isKey(draft);
  const keyHash = hasKey ? keccak256(draft.key.trim() as Hex) : undefined;
  const { data: digest } = useChainRead(
    ["possession", memberNo, keyHash],
    ({ client, at }) =>
      client.readContract({ ...at.validators, functionName: "possessionDigest", args: [memberNo, keyHash as Hex] }),
    { enabled: hasKey },
  );
  async function makeDemoKey() {
    const { makeKey } = await import("./demo-key.ts");
    change(await makeKey(client, deployment, memberNo, config.demo?.url));
  }
  return (
    <fieldset className="mb-4 rounded-lg border border-line p-4">
      <legend className="px-1 font-semibold">{t("keyProof.title")}</legend>
      <Field label={t("keyProof.type")}>
        {(ids) => (
          <select
            {...ids}
            className={inputLook}
            value={draft.keyType}
            onChange={(event) => change({ keyType: event.target.value as Draft["keyType"], key: "", proof: "" })}
          >
            <option value="secp256k1">{t("keyProof.secp256k1")}</option>
            <option value="p256">{t("keyProof.p256")}</option>
          </select>
        )}
      </Field>
      {(["key", "proof"] as const).map((field) => (
        <div key={field}>
          {field === "proof" && digest && (
            <div className="mb-3">
              <Notice title={t("keyProof.digest")}>
                <HexText value={digest} full />
                <p>{t("keyProof.how")}</p>
              </Notice>
            </div>
          )}
          <Field label={t(`registerForm.${field}`)} hint={t(`registerForm.${field}Hint`)} error={objection(field)}>
            {(ids) => (
              <input
                {...ids}
                data-field={field}
                autoComplete="off"
                spellCheck={false}
                value={draft[field]}
                onBlur={() => touch(field)}
                onChange={(event) => change({ [field]: event.target.value })}
                className={`${inputLook} font-mono text-sm`}
              />
            )}
          </Field>
        </div>
      ))}
      {__DEMO__ && config.demo && (
        <Button data-testid="demo-key" onClick={() => void makeDemoKey()}>
          {t("keyProof.demo")}
        </Button>
      )}
    </fieldset>
  );
}
