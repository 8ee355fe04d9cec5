import { Link } from "@tanstack/react-router";
import { useT } from "../shared/i18n/i18n.ts";
import { buttonLook } from "../shared/ui/Button.tsx";
import { PageHeader } from "../shared/ui/PageHeader.tsx";
import { Empty } from "../shared/ui/states/Empty.tsx";

export function NotFound() {
  const t = useT();
  return (
    <>
      <PageHeader title={t("notFound.title")} />
      <Empty title={t("notFound.reason")}>
        <Link to="/" className={buttonLook("primary")}>
          {t("nav.home")}
        </Link>
      </Empty>
    </>
  );
}
