import { useQuery } from "@tanstack/react-query";
import { demoAccounts, demoChoice } from "../chain/demo.ts";
import { shortHex } from "../format/number.ts";
import { useT } from "../i18n/i18n.ts";
import { Field, inputLook } from "../ui/form/Field.tsx";

interface Props {
  url: string;
  rowLook: string;
  onConnect: () => void;
}

/** Accounts of the local demo, whose keys everybody has. */
export function DemoOption({ url, rowLook, onConnect }: Props) {
  const t = useT();
  const { data: accounts = [] } = useQuery({ queryKey: ["demo", "accounts"], queryFn: () => demoAccounts(url) });
  return (
    <div className="mt-2 rounded-lg border border-dashed border-control p-3">
      <Field label={t("wallet.demoWhich")}>
        {(ids) => (
          <select
            {...ids}
            className={inputLook}
            defaultValue={demoChoice.read()}
            onChange={(event) => demoChoice.write(event.target.value)}
          >
            {accounts.map(({ label, address }) => (
              <option key={address} value={address}>{`${label} (${shortHex(address)})`}</option>
            ))}
          </select>
        )}
      </Field>
      <button type="button" className={rowLook} data-testid="wallet-option-demo" onClick={onConnect}>
        {t("wallet.demo")}
      </button>
    </div>
  );
}
