import { ActionButton } from "../../shared/action/ActionButton.tsx";
import { useChainNow } from "../../shared/chain/head.ts";
import { formatTime } from "../../shared/format/number.ts";
import { useGraphql } from "../../shared/graphql/query.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { Countdown } from "../../shared/ui/values/Countdown.tsx";
import { activate } from "./actions/activate.ts";
import { deactivate } from "./actions/deactivate.ts";
import { unjail } from "./actions/unjail.ts";
import type { MyValidator } from "./queries.ts";
import { useMyGrade } from "./tier/grade.ts";
import { Promotion } from "./tier/Promotion.tsx";

/** `MemberTier.ActiveValidator`: the least that the active set asks for. */
const ACTIVE_TIER = 3;
const steps = ["steps.stake", "steps.tier", "steps.activate"] as const;

/** The three steps into the set, with those behind. */
function Steps({ done }: { done: number }) {
  const t = useT();
  return (
    <ol className="grid gap-1 text-sm">
      {steps.map((step, index) => (
        <li key={step} aria-current={index === done ? "step" : undefined} className={index > done ? "text-muted" : ""}>
          {index < done ? "✓" : `${index + 1}.`} {t(step)}
        </li>
      ))}
    </ol>
  );
}

interface Weakest {
  validators: { nodes: { validatorId: number; name: string; totalStake: string }[] };
}

const WEAKEST = `query Weakest { validators(first: 1, filter: { active: true },
  sort: { field: TOTAL_STAKE, direction: ASC }) { nodes { validatorId name totalStake } } }`;

/** In the set: the way out of it. */
function Leaving({ validator }: { validator: MyValidator }) {
  const t = useT();
  return (
    <>
      <Notice tone="success" title={t("desk.active")}>
        {t("desk.leaving")}
      </Notice>
      <ActionButton
        action={deactivate}
        input={{ validatorId: validator.id }}
        label={t("desk.deactivate")}
        kind="danger"
        testId="deactivate"
      />
    </>
  );
}

/** In jail: until when, and the way out once the term has passed and no case is open. */
function Jail({ validator }: { validator: MyValidator }) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const { id, jailedUntil, openCases } = validator;
  const isOver = now >= jailedUntil;
  return (
    <>
      <Notice tone="danger" title={t("closed.jailed")}>
        {isOver ? t("desk.termOver") : t("validator.jailedUntil", { time: formatTime(jailedUntil, locale) })}{" "}
        {!isOver && <Countdown seconds={jailedUntil - now} />}
      </Notice>
      {openCases > 0 && <Notice tone="warning" title={t("error.ValidatorRegistry_OpenCase")} />}
      {isOver && openCases === 0 && (
        <ActionButton action={unjail} input={{ validatorId: id }} label={t("desk.unjail")} testId="unjail" />
      )}
    </>
  );
}

/** The way in. */
function Entry({ validator }: { validator: MyValidator }) {
  const t = useT();
  const isSetFull = validator.activeCount >= validator.maxActive;
  const weakest = useGraphql<Weakest>("weakest", WEAKEST, {}, { enabled: isSetFull }).data?.validators.nodes[0];
  if (validator.openCases > 0) return <Notice tone="warning" title={t("error.ValidatorRegistry_OpenCase")} />;
  return (
    <>
      {isSetFull && weakest && <Notice tone="warning" title={t("desk.setFull", { name: weakest.name })} />}
      <ActionButton
        action={activate}
        input={{ validatorId: validator.id, replace: isSetFull ? (weakest?.validatorId ?? 0) : 0 }}
        needs={{ member: true }}
        label={t("desk.activate")}
        testId="activate"
      />
    </>
  );
}

/** Outside of the set: first the tier that it asks for, then the way in. */
function Entering({ validator }: { validator: MyValidator }) {
  const t = useT();
  const { data: grade } = useMyGrade();
  const isEligible = validator.tier === "active" || validator.tier === "enterprise";
  if (isEligible) return <Entry validator={validator} />;
  const isSupported = grade !== undefined && grade.supported >= ACTIVE_TIER;
  return (
    <>
      <Steps done={isSupported ? 1 : 0} />
      {grade && !isSupported && <Notice tone="warning" title={t("desk.notEligible")} />}
      {grade && <Promotion grade={grade} />}
    </>
  );
}

/** Where the validator stands with regard to the active set, and what its operator can do about it. */
export function Activation({ validator }: { validator: MyValidator }) {
  const t = useT();
  return (
    <div className="grid gap-3">
      {validator.isTombstoned ? (
        <Notice tone="danger" title={t("closed.tombstoned")} />
      ) : validator.isActive ? (
        <Leaving validator={validator} />
      ) : validator.jailedUntil !== 0 ? (
        <Jail validator={validator} />
      ) : (
        <Entering validator={validator} />
      )}
    </div>
  );
}
