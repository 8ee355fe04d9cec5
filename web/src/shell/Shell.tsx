import { Outlet, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef } from "react";
import { useConnection } from "wagmi";
import { Toasts } from "../shared/action/tray/Toasts.tsx";
import { useLiveIndexer } from "../shared/graphql/indexer.ts";
import { useT } from "../shared/i18n/i18n.ts";
import { Loading } from "../shared/ui/states/Loading.tsx";
import { WalletDialog } from "../shared/wallet/WalletDialog.tsx";
import { Banners } from "./Banners.tsx";
import { Header } from "./Header.tsx";
import { Navigation, Tabs } from "./Navigation.tsx";

const Tracker = lazy(async () => ({ default: (await import("../shared/action/tracking/Tracker.tsx")).Tracker }));

/** After a change of screen the keyboard starts at its heading. */
function useFocusOnNavigation() {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    const timer = setTimeout(() => document.getElementById("page-title")?.focus({ preventScroll: true }), 150);
    return () => clearTimeout(timer);
  }, [path]);
}

export function Shell() {
  const t = useT();
  const { isConnected } = useConnection();
  useLiveIndexer();
  useFocusOnNavigation();
  return (
    <>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-30 focus:m-2 focus:rounded focus:bg-bg focus:p-3"
      >
        {t("nav.skip")}
      </a>
      <Header />
      <Navigation />
      <Banners />
      <main id="content" className="mx-auto w-full max-w-6xl px-4 pt-6 pb-24 md:pb-12">
        <Suspense fallback={<Loading lines={6} />}>
          <Outlet />
        </Suspense>
      </main>
      <footer className="mx-auto max-w-6xl px-4 pb-24 text-sm text-muted md:pb-8">{t("footer.principle")}</footer>
      <Tabs />
      <Toasts />
      <WalletDialog />
      {isConnected && (
        <Suspense>
          <Tracker />
        </Suspense>
      )}
    </>
  );
}
