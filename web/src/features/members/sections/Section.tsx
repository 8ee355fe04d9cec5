import type { ReactNode } from "react";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Refused } from "../../../shared/session/session.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";

interface Props<T> {
  title: string;
  testId: string;
  query: { data: T | undefined; error: Error | null; isPending?: boolean; refetch: () => unknown };
  children: (data: T) => ReactNode;
}

/** A part of a member; whoever may not see it is told so, and does not take it for empty. */
export function Section<T>({ title, testId, query, children }: Props<T>) {
  const t = useT();
  const isKept = query.error instanceof Refused && query.error.status === 403;
  return (
    <Panel title={title} data-testid={testId}>
      {isKept ? (
        <p className="text-muted">{t("member.notYourRole")}</p>
      ) : (
        <Answer query={query} lines={3}>
          {children}
        </Answer>
      )}
    </Panel>
  );
}
