import type { Abi, AbiFunction, AbiParameter } from "viem";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { isComposite, templateOf, typeOf } from "./arguments.ts";
import { changing, signatureOf } from "./catalogue.ts";
import { type CallDraft, functionOf, type Outcome, type Problem } from "./draft.ts";

interface Props {
  number: number;
  call: CallDraft;
  contracts: string[];
  abi: Abi | undefined;
  outcome: Outcome | undefined;
  onChange: (call: CallDraft) => void;
  onRemove: (() => void) | undefined;
}

interface ArgumentProps {
  param: AbiParameter;
  index: number;
  written: string;
  problem: Problem | undefined;
  onWrite: (text: string) => void;
}

/** One argument, asked for by its type. */
function ArgumentField({ param, index, written, problem, onWrite }: ArgumentProps) {
  const t = useT();
  const shown = problem && (written !== "" || problem.problem !== "empty") ? problem : undefined;
  const name = param.name || `#${index + 1}`;
  const look = `${inputLook} font-mono`;
  return (
    <Field
      label={name}
      hint={<span className="font-mono">{typeOf(param)}</span>}
      error={shown && t(`argument.${shown.problem}`, { at: shown.at || name })}
    >
      {(ids) => {
        const all = { ...ids, "data-field": name, value: written };
        if (param.type === "bool")
          return (
            <select {...all} onChange={(event) => onWrite(event.target.value)} className={look}>
              <option value="">{t("argument.choose")}</option>
              <option value="true">true</option>
              <option value="false">false</option>
            </select>
          );
        if (isComposite(param))
          return (
            <textarea
              {...all}
              rows={6}
              spellCheck={false}
              onChange={(event) => onWrite(event.target.value)}
              className={look}
            />
          );
        return (
          <input
            {...all}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onWrite(event.target.value)}
            className={look}
          />
        );
      }}
    </Field>
  );
}

const fresh = (item: AbiFunction | undefined) => item?.inputs.map(templateOf) ?? [];

/** Contract, function, arguments of one call. */
export function CallEditor({ number, call, contracts, abi, outcome, onChange, onRemove }: Props) {
  const t = useT();
  const item = functionOf(abi, call.signature);
  const problems = outcome && "problems" in outcome ? outcome.problems : [];
  return (
    <fieldset className="rounded-lg border border-line bg-bg p-4" data-testid="call-editor">
      <legend className="px-1 font-semibold">{t("draft.call", { n: number })}</legend>
      <Field label={t("draft.contract")}>
        {(ids) => (
          <select
            {...ids}
            data-testid="call-contract"
            value={call.contract}
            onChange={(event) => onChange({ ...call, contract: event.target.value, signature: "", args: [] })}
            className={inputLook}
          >
            <option value="">{t("draft.chooseContract")}</option>
            {contracts.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      {abi && (
        <Field label={t("draft.function")}>
          {(ids) => (
            <select
              {...ids}
              data-testid="call-function"
              value={call.signature}
              onChange={({ target: { value } }) =>
                onChange({ ...call, signature: value, args: fresh(functionOf(abi, value)) })
              }
              className={inputLook}
            >
              <option value="">{t("draft.chooseFunction")}</option>
              {changing(abi).map((one) => (
                <option key={signatureOf(one)} value={signatureOf(one)}>
                  {signatureOf(one)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {item?.inputs.map((param, index) => (
        <ArgumentField
          key={`${call.signature}-${param.name}-${param.type}`}
          param={param}
          index={index}
          written={call.args[index] ?? ""}
          problem={problems[index]}
          onWrite={(text) =>
            onChange({ ...call, args: item.inputs.map((_, i) => (i === index ? text : (call.args[i] ?? ""))) })
          }
        />
      ))}
      {onRemove && <Button onClick={onRemove}>{t("draft.removeCall")}</Button>}
    </fieldset>
  );
}
