import type { ReactNode } from "react";
import { Loading } from "../ui/states/Loading.tsx";
import { SignInPanel } from "./SignInPanel.tsx";
import type { Session } from "./session.ts";
import { useEarlier } from "./use-earlier.ts";

/** Shows what only somebody signed in sees; whoever is not is asked to sign in, here. */
export function SignedIn({ children }: { children: (session: Session) => ReactNode }) {
  const { session } = useEarlier();
  if (session === "unknown") return <Loading lines={4} />;
  return session ? children(session) : <SignInPanel session={undefined} />;
}
