import { Link, useParams } from "@tanstack/react-router";
import { useStanding } from "../../../shared/action/gate/use-gate.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { useGraphql } from "../../../shared/graphql/query.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { buttonLook } from "../../../shared/ui/Button.tsx";
import { PageHeader } from "../../../shared/ui/PageHeader.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { closedBecause, type PastSlash, readTerms } from "../validator-terms.ts";
import { DelegateForm } from "./DelegateForm.tsx";

interface Offer {
  validator: {
    name: string;
    netAprBps: number;
    slashes: PastSlash[];
    cases: { caseId: number }[];
    commissionHistory: { at: number; fromBps: number; toBps: number }[];
  } | null;
}

const OFFER = `query Offer($id: Int!) { validator(validatorId: $id) {
  name netAprBps slashes { at blockNumber } cases(first: 1) { caseId } commissionHistory { at fromBps toBps } } }`;

/** Amount, yield, deadline and risks of delegating to one validator, then the signature. */
export function DelegatePage() {
  const t = useT();
  const source = useSources();
  const { id } = useParams({ from: "/stake/delegate/$id" });
  const validatorId = Number(id);
  const isNumber = Number.isInteger(validatorId) && validatorId > 0 && validatorId < 2 ** 32;
  const { data: standing, block } = useStanding();
  const memberNo = standing?.memberNo ?? 0n;
  const terms = useChainRead(["terms", validatorId], (reader) => readTerms(reader, validatorId), { enabled: isNumber });
  const own = useChainRead(
    ["position-of", memberNo, validatorId],
    ({ client, at }) => client.readContract({ ...at.core, functionName: "positionOf", args: [memberNo, validatorId] }),
    { enabled: isNumber && memberNo !== 0n },
  );
  const offer = useGraphql<Offer>("offer", OFFER, { id: validatorId }, { enabled: isNumber }).data?.validator;
  const name = offer?.name ?? `#${id}`;
  const hasPosition = (own.data ?? 0n) !== 0n;
  const other = (
    <Link to="/validators" className={buttonLook("primary")}>
      {t("stake.other")}
    </Link>
  );
  if (!isNumber)
    return (
      <>
        <PageHeader title={t("delegate.title")} />
        <Empty title={t("closed.missing")}>{other}</Empty>
      </>
    );
  return (
    <>
      <PageHeader title={t("delegate.title")} lead={t("delegate.lead", { name })} />
      <Answer query={terms} lines={8}>
        {(known) => {
          const closed = closedBecause(known, hasPosition);
          return closed ? (
            <Empty title={t(`closed.${closed}`)} reason={t("closed.reason")}>
              {other}
              {(closed === "case" || closed === "jailed" || closed === "tombstoned") && offer?.cases[0] && (
                <Link
                  to="/appeals/$id"
                  params={{ id: `case-${offer.cases[0].caseId}` }}
                  className={buttonLook("secondary")}
                >
                  {t("case.title", { id: offer.cases[0].caseId })}
                </Link>
              )}
            </Empty>
          ) : (
            <DelegateForm
              key={validatorId}
              validatorId={validatorId}
              name={name}
              terms={known}
              hasPosition={hasPosition}
              available={standing?.tokens}
              netAprBps={offer?.netAprBps}
              history={offer?.commissionHistory ?? []}
              slashes={offer?.slashes ?? []}
              chainSource={source.chain(terms.block ?? block)}
              indexedSource={source.indexed}
            />
          );
        }}
      </Answer>
    </>
  );
}
