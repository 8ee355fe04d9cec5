import { useState } from "react";
import { formatTime } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { Hurdle } from "../../shared/session/Hurdle.tsx";
import { Badge } from "../../shared/ui/Badge.tsx";
import { Button } from "../../shared/ui/Button.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { Deliveries } from "./Deliveries.tsx";
import { type Endpoint, useEndpoints, useRemove, useRotate, useSwitch, useTry } from "./queries.ts";
import { Secret } from "./Secret.tsx";

function Standing({ endpoint }: { endpoint: Endpoint }) {
  const t = useT();
  const locale = useLocale();
  const at = (time: string) => formatTime(Date.parse(time) / 1_000, locale);
  const { disabledBecause, failingSince, oldUntil } = endpoint;
  return (
    <>
      {disabledBecause ? (
        <Badge tone="warning">{t(`webhooks.because.${disabledBecause}`)}</Badge>
      ) : (
        <Badge tone={failingSince ? "warning" : "success"}>
          {failingSince ? t("webhooks.failing", { time: at(failingSince) }) : t("webhooks.on")}
        </Badge>
      )}
      {oldUntil && <p className="text-sm text-muted">{t("webhooks.bothSign", { time: at(oldUntil) })}</p>}
    </>
  );
}

function OneEndpoint({ memberId, endpoint }: { memberId: string; endpoint: Endpoint }) {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  const [rotate, change, remove, attempt] = [
    useRotate(memberId),
    useSwitch(memberId),
    useRemove(memberId),
    useTry(memberId),
  ];
  const { id, name, url, events, state } = endpoint;
  return (
    <li className="border-t border-line py-4 first:border-t-0" data-testid="webhook" data-state={state}>
      <h3 className="font-semibold">{name}</h3>
      <p>
        <code className="text-sm break-all">{url}</code>
      </p>
      <Standing endpoint={endpoint} />
      <p className="my-1 text-sm text-muted">{events.join(", ")}</p>
      {rotate.data && <Secret text={rotate.data.secret} onKept={rotate.reset} />}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} data-testid="webhook-sent">
          {t("webhooks.sent")}
        </Button>
        {state === "active" && (
          <Button busy={attempt.isPending} onClick={() => attempt.mutate(id)} data-testid="webhook-try">
            {t("webhooks.try")}
          </Button>
        )}
        <Button busy={rotate.isPending} onClick={() => rotate.mutate(id)} data-testid="webhook-rotate">
          {t("webhooks.rotate")}
        </Button>
        <Button busy={change.isPending} onClick={() => change.mutate(endpoint)} data-testid="webhook-switch">
          {t(state === "active" ? "webhooks.switchOff" : "webhooks.switchOn")}
        </Button>
        <Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate(id)} data-testid="webhook-remove">
          {t("webhooks.remove")}
          <span className="sr-only"> {name}</span>
        </Button>
      </div>
      <p role="status" className="text-sm">
        {attempt.isSuccess ? t("webhooks.tried") : ""}
      </p>
      <div role="alert">
        <Hurdle of={rotate} />
        <Hurdle of={change} />
        <Hurdle of={remove} />
        <Hurdle of={attempt} />
      </div>
      {isOpen && <Deliveries memberId={memberId} endpointId={id} />}
    </li>
  );
}

/** The member's endpoints: how each stands, and what can be done with it. */
export function EndpointList({ memberId }: { memberId: string }) {
  const t = useT();
  const endpoints = useEndpoints(memberId);
  return (
    <Panel title={t("webhooks.list")} data-testid="webhooks">
      <Answer query={endpoints} lines={3}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={t("webhooks.none")} reason={t("webhooks.noneReason")} />
          ) : (
            <ul>
              {rows.map((endpoint) => (
                <OneEndpoint key={endpoint.id} memberId={memberId} endpoint={endpoint} />
              ))}
            </ul>
          )
        }
      </Answer>
    </Panel>
  );
}
