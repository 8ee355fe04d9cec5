import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useT } from "../../shared/i18n/i18n.ts";
import { Hurdle } from "../../shared/session/Hurdle.tsx";
import { authorised, Refused } from "../../shared/session/session.ts";
import { Button } from "../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../shared/ui/form/Field.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";

interface Settings {
  networks: string[] | null;
  sessionHours: number | null;
  failures: { day: string; because: "signature" | "network" | "factor" | "provider"; count: number }[];
}
type Wanted = Pick<Settings, "sessionHours"> & { networks: string[] };

function written(form: FormData): Wanted {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const hours = text("sessionHours");
  return {
    networks: text("networks")
      .split(/[\s,]+/)
      .filter(Boolean),
    sessionHours: hours === "" ? null : Number(hours),
  };
}

function Failures({ failures }: Pick<Settings, "failures">) {
  const t = useT();
  return (
    <section className="mt-4 border-t border-line pt-4" data-testid="failures">
      <h3 className="mb-2 font-semibold">{t("access.failures")}</h3>
      {failures.length === 0 ? (
        <p className="text-muted">{t("access.none")}</p>
      ) : (
        <ul>
          {failures.map(({ day, because, count }) => (
            <li key={`${day} ${because}`}>
              {t("access.count", { day, because: t(`access.because.${because}`), count })}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** From where, and for how long, the member lets itself be signed in; and what failed of late. */
export function AccessPanel({ memberId }: { memberId: string }) {
  const t = useT();
  const queries = useQueryClient();
  const path = `/api/v1/members/${memberId}/security`;
  const key = ["security", memberId];
  const settings = useQuery({
    queryKey: key,
    queryFn: () => authorised<Settings>("GET", path),
    // What is being written is not replaced by what is read.
    refetchOnWindowFocus: false,
  });
  const save = useMutation({
    mutationFn: (wanted: Wanted) => authorised<Settings>("PUT", path, wanted),
    onSuccess: (saved) => queries.setQueryData(key, saved),
  });
  const fields = save.error instanceof Refused ? save.error.fields : [];
  const networkProblem = fields.find(({ field }) => field.startsWith("networks"))?.message;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    save.mutate(written(new FormData(event.currentTarget)));
  }
  return (
    <Panel title={t("access.title")} data-testid="access">
      <p className="mb-4 text-muted">{t("access.lead")}</p>
      <Answer query={settings} lines={4}>
        {({ networks, sessionHours, failures }) => (
          <>
            <form onSubmit={submit}>
              <Field
                label={t("access.networks")}
                hint={t("apiKeys.networks.hint")}
                {...(networkProblem && { error: networkProblem })}
              >
                {(ids) => (
                  <textarea
                    {...ids}
                    name="networks"
                    rows={3}
                    maxLength={1_000}
                    defaultValue={networks?.join("\n")}
                    className={inputLook}
                  />
                )}
              </Field>
              <Field label={t("access.hours")} hint={t("access.hours.hint")}>
                {(ids) => (
                  <input
                    {...ids}
                    name="sessionHours"
                    type="number"
                    min={1}
                    max={720}
                    defaultValue={sessionHours ?? ""}
                    className={inputLook}
                  />
                )}
              </Field>
              <div className="flex items-center gap-3">
                <Button kind="primary" type="submit" busy={save.isPending} data-testid="access-save">
                  {t("access.save")}
                </Button>
                <span role="status">{save.isSuccess ? t("access.saved") : ""}</span>
              </div>
            </form>
            <Hurdle of={save} />
            <Failures failures={failures} />
          </>
        )}
      </Answer>
    </Panel>
  );
}
