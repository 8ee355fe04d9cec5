import { useEffect, useState } from "react";
import type { Hex } from "viem";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChain } from "../../../shared/chain/context.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { useGraphql } from "../../../shared/graphql/query.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { HexText } from "../../../shared/ui/values/HexText.tsx";
import { signTwice } from "../actions/sign-twice.ts";

interface Keys {
  validator: { consensusKeys: { key: Hex; validUntil: number | null }[] } | null;
}

const TRIAL_KEYS = `query TrialKeys($id: Int!) { validator(validatorId: $id) { consensusKeys { key validUntil } } }`;

/** The private key of `publicKey` where this browser can know it, and whatever is pasted instead. */
function useKey(publicKey: Hex | undefined) {
  const [written, setWritten] = useState("");
  const [isOwn, setOwn] = useState<boolean>();
  useEffect(() => {
    if (!publicKey) return;
    void import("./demo-votes.ts").then(({ findKey }) => setWritten((old) => old || (findKey(publicKey) ?? "")));
  }, [publicKey]);
  useEffect(() => {
    let isOver = false;
    void import("./demo-votes.ts").then(({ publicOf }) => {
      const found = publicOf(written.trim());
      if (!isOver) setOwn(written === "" ? undefined : found?.toLowerCase() === publicKey?.toLowerCase());
    });
    return () => {
      isOver = true;
    };
  }, [written, publicKey]);
  return { written, setWritten, isOwn };
}

/** Signs without reporting: the votes are for somebody else to report, as it would really happen. */
function SignOnly({ privateKey }: { privateKey: Hex }) {
  const t = useT();
  const { config, client, deployment } = useChain();
  const [votes, setVotes] = useState("");
  async function sign() {
    const { signTwice, writeVotes } = await import("./demo-votes.ts");
    const manager = deployment.contracts.SlashingManager.address;
    setVotes(writeVotes(await signTwice(client, privateKey, config.chainId, manager)));
  }
  return (
    <div className="mt-3 grid gap-3">
      <Button wide data-testid="sign-only" onClick={() => void sign()}>
        {t("trial.signOnly")}
      </Button>
      {votes && (
        <Field label={t("report.votes")} hint={t("trial.handOver")}>
          {(ids) => (
            <textarea
              {...ids}
              readOnly
              data-testid="signed-votes"
              rows={6}
              value={votes}
              onFocus={(event) => event.currentTarget.select()}
              className={`${inputLook} font-mono text-sm`}
            />
          )}
        </Field>
      )}
    </div>
  );
}

/** On the local chain: commit a double sign on purpose, to see what follows. */
export function SignTwice({ validatorId }: { validatorId: number }) {
  const t = useT();
  const { config, client } = useChain();
  const keys = useGraphql<Keys>("trial-keys", TRIAL_KEYS, { id: validatorId }).data?.validator?.consensusKeys;
  const current = keys?.find(({ validUntil }) => validUntil === null)?.key;
  const { written, setWritten, isOwn } = useKey(current);
  const { data: validator } = useChainRead(["trial-validator", validatorId], ({ client: chain, at }) =>
    chain.readContract({ ...at.validators, functionName: "validator", args: [validatorId] }),
  );
  return (
    <Panel title={t("trial.title")} data-testid="trial">
      <p className="mb-3 text-muted">{t("trial.meaning")}</p>
      {validator?.tombstoned ? (
        <Notice tone="danger" title={t("closed.tombstoned")} />
      ) : (
        <>
          {current && (
            <p className="mb-3 text-sm">
              {t("trial.publicKey")}: <HexText value={current} ends={6} />
            </p>
          )}
          <Field
            label={t("trial.privateKey")}
            hint={t("trial.privateKeyHint")}
            error={isOwn === false ? t("trial.notTheKey") : undefined}
          >
            {(ids) => (
              <input
                {...ids}
                data-testid="trial-key"
                autoComplete="off"
                spellCheck={false}
                value={written}
                onChange={(event) => setWritten(event.target.value)}
                className={`${inputLook} font-mono text-sm`}
              />
            )}
          </Field>
          <ActionButton
            action={signTwice}
            input={isOwn ? { privateKey: written.trim() as Hex, chainId: config.chainId, node: client } : undefined}
            label={t("trial.sign")}
            kind="danger"
            missing={{
              label: t("trial.first"),
              go: () => document.querySelector<HTMLElement>("[data-testid=trial-key]")?.focus(),
            }}
            testId="sign-twice"
          />
          {isOwn && <SignOnly privateKey={written.trim() as Hex} />}
        </>
      )}
    </Panel>
  );
}
