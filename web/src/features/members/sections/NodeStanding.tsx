import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Hurdle } from "../../../shared/session/Hurdle.tsx";
import { authorised } from "../../../shared/session/session.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";

type NodeState =
  | "NOT_ASKED"
  | "ASKED"
  | "ANSWERED"
  | "UNREACHABLE"
  | "WRONG_KEY"
  | "UNREADABLE"
  | "REFUSED_ADDRESS"
  | "EXPIRED"
  | "KEY_CHANGED";

/** Whether a validator's node has shown that it holds its key, as the staff sees it. */
export interface Node {
  state: NodeState;
  endpoint: string | null;
  waivedBecause: string | null;
}

function Waive({ path }: { path: string }) {
  const t = useT();
  const queries = useQueryClient();
  const waive = useMutation({
    mutationFn: (reason: string) => authorised("PUT", `/api/v1/admin/members/${path}/node-waiver`, { reason }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["member-section"] }),
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    waive.mutate(String(new FormData(event.currentTarget).get("reason") ?? "").trim());
  }
  return (
    <>
      <form onSubmit={submit} className="mt-2">
        <Field label={t("node.waiverReason")} hint={t("node.waiverHint")}>
          {(ids) => (
            <input
              {...ids}
              name="reason"
              required
              minLength={10}
              maxLength={2_000}
              autoComplete="off"
              className={inputLook}
            />
          )}
        </Field>
        <Button type="submit" busy={waive.isPending} data-testid="node-waive">
          {t("node.waive")}
        </Button>
      </form>
      <div role="alert">
        <Hurdle of={waive} />
      </div>
    </>
  );
}

/** What a validator's node has answered; an officer may say that it need not. @param path Of the registration */
export function NodeStanding({ path, node, isOpen }: { path: string; node: Node; isOpen: boolean }) {
  const t = useT();
  const hasAnswered = node.state === "ANSWERED";
  return (
    <div className="my-2 text-sm" data-testid="node-standing" data-state={node.state}>
      <p>
        {t("node.standing")}: <Badge tone={hasAnswered ? "success" : "warning"}>{t(`node.state.${node.state}`)}</Badge>{" "}
        {node.endpoint && <code className="break-all">{node.endpoint}</code>}
      </p>
      {node.waivedBecause && <p>{t("node.waived", { reason: node.waivedBecause })}</p>}
      {isOpen && !hasAnswered && !node.waivedBecause && <Waive path={path} />}
    </div>
  );
}
