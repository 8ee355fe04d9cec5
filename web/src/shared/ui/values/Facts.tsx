import type { ReactNode } from "react";

export interface Fact {
  name: string;
  value: ReactNode;
}

/** Named values one below the other. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className="divide-y divide-line">
      {facts.map(({ name, value }) => (
        <div key={name} className="relative flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 py-2">
          <dt className="text-sm text-muted">{name}</dt>
          <dd className="text-right">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The few numbers that a screen is about, side by side. */
export function Figures({ facts }: { facts: Fact[] }) {
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      {facts.map(({ name, value }) => (
        <div key={name} className="relative rounded-lg border border-line bg-surface p-4">
          <dt className="text-sm text-muted">{name}</dt>
          <dd className="mt-1 text-xl font-semibold">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
