import { useQuery } from "@tanstack/react-query";
import { authorised } from "./session.ts";

/** What the signed-in person was appointed to. */
export const useStaffRoles = () =>
  useQuery({
    queryKey: ["staff-roles"],
    queryFn: async () => (await authorised<{ roles: string[] }>("GET", "/api/v1/auth/session")).roles,
    retry: false,
  });
