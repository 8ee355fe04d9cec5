import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { encodeAbiParameters, keccak256, toHex } from "viem";
import { useConnection } from "wagmi";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { type Proposing, propose } from "../actions/propose.ts";
import type { Trial } from "../parts/trial.ts";
import { useProtocol } from "../protocol.ts";
import { descriptionOf } from "../text/blocks.ts";
import { type Built, type Draft, MAX_TITLE } from "./draft.ts";
import { useEligibility } from "./eligibility.ts";

interface Props {
  draft: Draft;
  built: Built[];
  trials: Trial[];
  onSent: () => void;
}

const types = [{ type: "address[]" }, { type: "uint256[]" }, { type: "bytes[]" }, { type: "bytes32" }] as const;

/** The identifier that the governor gives to a proposal. */
function idOf({ description, calls }: Proposing): string {
  const hash = keccak256(toHex(description));
  const content = [
    calls.map(({ target }) => target),
    calls.map(() => 0n),
    calls.map(({ calldata }) => calldata),
    hash,
  ] as const;
  return String(BigInt(keccak256(encodeAbiParameters(types, content))));
}

/** What keeps the draft from being proposed; each leads to its place on the page. */
function missingOf({ draft, built, trials }: Props, may: { isEnough: boolean; live?: string } | undefined) {
  if (draft.title.trim() === "" || draft.title.length > MAX_TITLE) return { key: "title", at: "draft-title" } as const;
  if (built.length < draft.calls.length) return { key: "calls", at: "call-contract" } as const;
  if (trials.some(({ state }) => state === "fails")) return { key: "fails", at: "call-contract" } as const;
  if (trials.some(({ state }) => state === "running")) return { key: "running", at: "draft-title" } as const;
  if (!may?.isEnough) return { key: "votes", at: "stake-for-votes" } as const;
  return may.live === undefined ? undefined : ({ key: "live", at: "draft-title" } as const);
}

/** Sends the proposal, once it is complete, passes its trial, and the account may propose. */
export function Submit(props: Props) {
  const t = useT();
  const protocol = useProtocol();
  const { address = "" } = useConnection();
  const { data: may } = useEligibility();
  const [sentId, setSentId] = useState<string>();
  const { draft, built, onSent } = props;
  const missing = missingOf(props, may);
  const title = draft.title.trim();
  const input = { protocol, title, description: descriptionOf(title, draft.body, address), calls: built };
  const focus = (id: string) => document.querySelector<HTMLElement>(`[data-testid=${id}]`)?.focus();
  return (
    <Panel title={t("draft.submit")}>
      <div className="grid gap-3">
        <p className="text-sm text-muted">{t("draft.submitHow")}</p>
        <ActionButton
          action={propose}
          input={missing ? undefined : input}
          label={t("draft.sign")}
          missing={missing && { label: t(`draft.missing.${missing.key}`), go: () => focus(missing.at) }}
          testId="propose"
          onSent={() => {
            setSentId(idOf(input));
            onSent();
          }}
        />
        {sentId && (
          <Notice tone="success" title={t("draft.sent")}>
            <Link
              to="/governance/$id"
              params={{ id: sentId }}
              data-testid="open-proposal"
              className="link inline-flex min-h-6 items-center"
            >
              {t("draft.open")}
            </Link>
          </Notice>
        )}
      </div>
    </Panel>
  );
}
