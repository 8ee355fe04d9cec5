import { useMutation, useQuery } from "@tanstack/react-query";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Hurdle } from "../../../shared/session/Hurdle.tsx";
import { authorised } from "../../../shared/session/session.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";

/** Takes one of the staff to their provider; nothing where there is none. */
export function StaffPanel() {
  const t = useT();
  const { data } = useQuery({
    queryKey: ["staff-provider"],
    queryFn: () => authorised<{ isOn: boolean; isLinked: boolean }>("GET", "/api/v1/auth/oidc"),
    retry: false,
  });
  const go = useMutation({
    mutationFn: () => authorised<{ url: string }>("POST", "/api/v1/auth/oidc/start", {}),
    onSuccess: ({ url }) => location.assign(url),
  });
  if (!data?.isOn) return null;
  return (
    <Panel title={t("staff.title")} data-testid="staff">
      <p className="mb-3 text-muted">{t("staff.lead")}</p>
      {!data.isLinked && <p className="mb-3">{t("staff.first")}</p>}
      <Button busy={go.isPending} data-testid="staff-go" onClick={() => go.mutate()}>
        {t("staff.go")}
      </Button>
      <Hurdle of={go} />
    </Panel>
  );
}
