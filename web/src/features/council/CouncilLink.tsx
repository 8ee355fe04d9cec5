import { Link } from "@tanstack/react-router";
import type { MouseEvent } from "react";
import { useRoles } from "../../shared/chain/roles.ts";
import { useT } from "../../shared/i18n/i18n.ts";

interface Props {
  className: string;
  onClick?: (event: MouseEvent<HTMLElement>) => void;
}

/** The way to the desks, in a list of sections: for wallets to which the chain gave a role. */
export function CouncilLink({ className, onClick }: Props) {
  const t = useT();
  const { data: roles = [] } = useRoles();
  if (roles.length === 0) return null;
  return (
    <li>
      <Link
        to="/council"
        activeProps={{ className: "text-primary font-semibold", "aria-current": "page" }}
        className={className}
        onClick={onClick}
      >
        {t("nav.council")}
      </Link>
    </li>
  );
}
