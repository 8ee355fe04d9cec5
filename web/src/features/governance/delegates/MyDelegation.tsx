import { useState } from "react";
import { type Address, isAddress, zeroAddress } from "viem";
import { useConnection } from "wagmi";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { Gated } from "../../../shared/action/gate/Gated.tsx";
import { useSources } from "../../../shared/graphql/source.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { Facts } from "../../../shared/ui/values/Facts.tsx";
import { HexText } from "../../../shared/ui/values/HexText.tsx";
import { delegateVotes } from "../actions/delegate-votes.ts";
import { RefreshVotes } from "../parts/RefreshVotes.tsx";
import { useProtocol } from "../protocol.ts";
import { type MyUnits, useMyUnits } from "../voting/my-units.ts";

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** Hands the votes to an address. */
function HandOver({ delegate, account }: { delegate: Address; account: Address }) {
  const t = useT();
  const protocol = useProtocol();
  const [written, setWritten] = useState("");
  const to = written.trim();
  const problem =
    to === ""
      ? undefined
      : !isAddress(to) || same(to, zeroAddress)
        ? "delegation.noAddress"
        : same(to, account)
          ? "delegation.self"
          : same(to, delegate)
            ? "delegation.same"
            : undefined;
  return (
    <div>
      <Field
        label={t("delegation.to")}
        hint={t("delegation.hint")}
        error={problem && t(problem as "delegation.noAddress")}
      >
        {(ids) => (
          <input
            {...ids}
            data-testid="delegate-to"
            autoComplete="off"
            spellCheck={false}
            placeholder="0x…"
            value={written}
            onChange={(event) => setWritten(event.target.value)}
            className={`${inputLook} font-mono`}
          />
        )}
      </Field>
      <ActionButton
        action={delegateVotes}
        input={to === "" || problem ? undefined : { protocol, to: to as Address }}
        label={t("delegation.sign")}
        testId="delegate-votes"
        onSent={() => setWritten("")}
        missing={{
          label: t("delegation.choose"),
          go: () => document.querySelector<HTMLInputElement>("[data-testid=delegate-to]")?.focus(),
        }}
      />
    </div>
  );
}

function Standing({ mine, account, source }: { mine: MyUnits; account: Address; source: string }) {
  const t = useT();
  const protocol = useProtocol();
  const isAway = !same(mine.delegate, zeroAddress) && !same(mine.delegate, account);
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <div className="grid gap-4">
        <Facts
          facts={[
            { name: t("delegation.units"), value: <Amount value={mine.units} source={source} digits={2} unit="" /> },
            { name: t("delegation.votes"), value: <Amount value={mine.votes} source={source} digits={2} unit="" /> },
            {
              name: t("delegation.now"),
              value: isAway ? <HexText value={mine.delegate} /> : t("delegation.myself"),
            },
          ]}
        />
        <RefreshVotes />
        {mine.units === 0n && <Notice title={t("delegation.noUnits")}>{t("delegation.noUnitsReason")}</Notice>}
      </div>
      <div className="grid gap-4">
        {isAway && (
          <ActionButton
            action={delegateVotes}
            input={{ protocol, to: account }}
            label={t("delegation.takeBack")}
            kind="secondary"
            testId="take-votes-back"
          />
        )}
        <HandOver delegate={mine.delegate} account={account} />
        <p className="text-sm text-muted">{t("delegation.how")}</p>
      </div>
    </div>
  );
}

/** Whom the reader lets speak, and how to change it. */
export function MyDelegation() {
  const t = useT();
  const source = useSources();
  const { address } = useConnection();
  const mine = useMyUnits();
  const chain = source.chain(mine.block);
  return (
    <Panel title={t("delegation.title")} source={chain} data-testid="my-delegation">
      <Gated needs={{}}>
        <Answer query={mine}>{(known) => address && <Standing mine={known} account={address} source={chain} />}</Answer>
      </Gated>
    </Panel>
  );
}
