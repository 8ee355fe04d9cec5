import type { FormEvent } from "react";
import { useT } from "../../shared/i18n/i18n.ts";
import { wordsOfRefusal } from "../../shared/session/refused-words.ts";
import { Refused } from "../../shared/session/session.ts";
import { Button } from "../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../shared/ui/form/Field.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { type Profile, useSave } from "./profile.ts";

const lines = [
  { name: "displayName", type: "text", list: undefined },
  { name: "website", type: "url", list: undefined },
  { name: "tags", type: "text", list: undefined },
  { name: "language", type: "text", list: undefined },
  { name: "currency", type: "text", list: "currencies" },
  { name: "timeZone", type: "text", list: "zones" },
] as const;

const listed = (values: string[]) => values.map((value) => <option key={value} value={value} />);

/** What the server says of a field, or of a part of it. */
const problemOf = (error: Error | null, name: string): string | undefined =>
  error instanceof Refused ? error.fields.find(({ field }) => field.split(".")[0] === name)?.message : undefined;

function written(form: FormData, before: Profile) {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const { links, custom } = before;
  const tags = text("tags")
    .split(",")
    .map((tag) => tag.trim())
    .filter(Boolean);
  return {
    ...{ links, custom, tags, bio: text("bio"), displayName: text("displayName"), website: text("website") },
    ...{ language: text("language"), currency: text("currency"), timeZone: text("timeZone") },
  };
}

/** The profile, written and saved over the version that was read. */
export function ProfileForm({ profile }: { profile: Profile }) {
  const t = useT();
  const save = useSave(profile);
  const value = (name: (typeof lines)[number]["name"]) => (name === "tags" ? profile.tags.join(", ") : profile[name]);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    save.mutate(written(new FormData(event.currentTarget), profile));
  }
  return (
    <Panel title={t("profile.own")} data-testid="profile">
      <form onSubmit={submit}>
        {lines.map(({ name, type, list }) => (
          <Field
            key={name}
            label={t(`profile.${name}`)}
            hint={t(`profile.${name}.hint`)}
            {...errorOf(save.error, name)}
          >
            {(ids) => (
              <input
                {...ids}
                name={name}
                type={type}
                list={list}
                defaultValue={value(name)}
                maxLength={300}
                className={inputLook}
              />
            )}
          </Field>
        ))}
        <Field label={t("profile.bio")} hint={t("profile.bio.hint")} {...errorOf(save.error, "bio")}>
          {(ids) => (
            <textarea {...ids} name="bio" rows={5} defaultValue={profile.bio} maxLength={4000} className={inputLook} />
          )}
        </Field>
        <datalist id="currencies">{listed(Intl.supportedValuesOf("currency"))}</datalist>
        <datalist id="zones">{listed(Intl.supportedValuesOf("timeZone"))}</datalist>
        {save.error && <Notice tone="danger">{wordsOfRefusal(save.error, t)}</Notice>}
        <div className="flex items-center gap-3">
          <Button kind="primary" type="submit" busy={save.isPending} data-testid="profile-save">
            {t("profile.save")}
          </Button>
          <span aria-live="polite" data-testid="profile-version" className="text-sm text-muted">
            {profile.version > 0 && t("profile.version", { version: profile.version })}
          </span>
        </div>
      </form>
    </Panel>
  );
}

function errorOf(error: Error | null, name: string): { error?: string } {
  const problem = problemOf(error, name);
  return problem === undefined ? {} : { error: problem };
}
