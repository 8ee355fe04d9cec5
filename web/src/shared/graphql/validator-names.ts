import { useGraphql } from "./query.ts";

interface Answer {
  validators: { nodes: { validatorId: number; name: string }[] };
}

const NAMES = "query ValidatorNames { validators(first: 100) { nodes { validatorId name } } }";

/** Display names by validator number; a number stands for itself until its name is known. */
export function useValidatorNames(): (validatorId: number) => string {
  const { data } = useGraphql<Answer>("validator-names", NAMES);
  const names = new Map(data?.validators.nodes.map(({ validatorId, name }) => [validatorId, name]));
  return (validatorId) => names.get(validatorId) ?? `#${validatorId}`;
}
