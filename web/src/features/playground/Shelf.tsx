import { type FormEvent, useState } from "react";
import { useT } from "../../shared/i18n/i18n.ts";
import { Button } from "../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../shared/ui/form/Field.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { hashOf, type Kept, loadKept, storeKept, withKept } from "./saved.ts";
import { starters } from "./starters.ts";

interface Props {
  draft: Omit<Kept, "name">;
  memberId: string | undefined;
  onChoose: (draft: Omit<Kept, "name">) => void;
}

function Starters({ memberId, onChoose }: Pick<Props, "memberId" | "onChoose">) {
  const t = useT();
  return (
    <ul className="flex flex-wrap gap-2" data-testid="starters">
      {starters
        .filter(({ variables }) => !variables || memberId)
        .map(({ name, query, variables }) => (
          <li key={name}>
            <Button
              data-testid={`starter-${name}`}
              onClick={() => onChoose({ query, variables: variables && memberId ? variables(memberId) : "{}" })}
            >
              {t(`starter.${name}`)}
            </Button>
          </li>
        ))}
    </ul>
  );
}

/** Puts a link to the draft into the address bar and the clipboard. */
async function share(draft: Omit<Kept, "name">): Promise<boolean> {
  history.replaceState(history.state, "", hashOf({ ...draft, name: "" }));
  return (
    navigator.clipboard?.writeText(location.href).then(
      () => true,
      () => false,
    ) ?? false
  );
}

/** Queries to begin with, those that this browser keeps, and ways to keep and to share one. */
export function Shelf({ draft, memberId, onChoose }: Props) {
  const t = useT();
  const [kept, setKept] = useState(loadKept);
  const [said, setSaid] = useState<"savedNow" | "full" | "shared" | "shareFailed">();
  function put(next: Kept[]) {
    storeKept(next);
    setKept(next);
  }
  function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name") ?? "").trim();
    const next = withKept(kept, { ...draft, name });
    if (next) put(next);
    setSaid(next ? "savedNow" : "full");
  }
  return (
    <Panel title={t("playground.starters")}>
      <Starters memberId={memberId} onChoose={onChoose} />
      <h3 className="mt-5 mb-2 font-semibold">{t("playground.saved")}</h3>
      {kept.length === 0 && <p className="text-muted">{t("playground.nothingSaved")}</p>}
      <ul className="grid gap-2" data-testid="kept">
        {kept.map((one) => (
          <li key={one.name} className="flex flex-wrap items-center gap-2">
            <Button onClick={() => onChoose(one)}>{one.name}</Button>
            <Button
              kind="quiet"
              aria-label={t("playground.remove", { name: one.name })}
              onClick={() => put(kept.filter(({ name }) => name !== one.name))}
            >
              <span aria-hidden="true">✕</span>
            </Button>
          </li>
        ))}
      </ul>
      <form onSubmit={save} className="mt-4 flex flex-wrap items-end gap-2">
        <div className="min-w-40 flex-1">
          <Field label={t("playground.name")}>
            {(ids) => <input {...ids} name="name" required maxLength={60} autoComplete="off" className={inputLook} />}
          </Field>
        </div>
        <div className="mb-4 flex flex-wrap gap-2">
          <Button type="submit" data-testid="keep">
            {t("playground.save")}
          </Button>
          <Button
            data-testid="share"
            onClick={() => void share(draft).then((isCopied) => setSaid(isCopied ? "shared" : "shareFailed"))}
          >
            {t("playground.share")}
          </Button>
        </div>
      </form>
      <p role="status">{said ? t(`playground.${said}`) : ""}</p>
    </Panel>
  );
}
