import { Link } from "@tanstack/react-router";
import { type ComponentProps, lazy, type MouseEvent, Suspense } from "react";
import { useConnection } from "wagmi";
import { useT } from "../shared/i18n/i18n.ts";
import { useTheme } from "./theme.ts";

const places = [
  { to: "/", key: "nav.home", glyph: "⌂", isTab: true },
  { to: "/network", key: "nav.network", glyph: "◎", isTab: false },
  { to: "/validators", key: "nav.validators", glyph: "▤", isTab: true },
  { to: "/stake", key: "nav.stake", glyph: "◆", isTab: true },
  { to: "/rewards", key: "nav.rewards", glyph: "✦", isTab: false },
  { to: "/governance", key: "nav.governance", glyph: "⚖\uFE0E", isTab: true },
  { to: "/activity", key: "nav.activity", glyph: "↻", isTab: false },
  { to: "/operator", key: "nav.operator", glyph: "⚙", isTab: false },
  { to: "/status", key: "nav.status", glyph: "●", isTab: false },
] as const;

const active = { className: "text-primary font-semibold", "aria-current": "page" } as const;

/** Reading roles takes contracts along, so it is loaded once there is a wallet. */
const CouncilLink = lazy(async () => ({
  default: (await import("../features/council/CouncilLink.tsx")).CouncilLink,
}));

function Council(props: ComponentProps<typeof CouncilLink>) {
  const { isConnected } = useConnection();
  return (
    isConnected && (
      <Suspense>
        <CouncilLink {...props} />
      </Suspense>
    )
  );
}

/** All sections, for wide screens. */
export function Navigation() {
  const t = useT();
  return (
    <nav aria-label={t("nav.main")} className="hidden border-b border-line md:block">
      <ul className="mx-auto flex max-w-6xl flex-wrap gap-x-1 px-3">
        {places.map(({ to, key }) => (
          <li key={to}>
            <Link
              to={to}
              activeOptions={{ exact: to === "/" }}
              activeProps={active}
              className="inline-flex min-h-11 items-center px-3 no-underline hover:underline"
            >
              {t(key)}
            </Link>
          </li>
        ))}
        <Council className="inline-flex min-h-11 items-center px-3 no-underline hover:underline" />
      </ul>
    </nav>
  );
}

const shut = (event: MouseEvent<HTMLElement>) => event.currentTarget.closest("details")?.removeAttribute("open");

/**
 * The sections used most and a list of the others, at the bottom of phones. Where the window is low, as when it is
 * enlarged to 400 %, they stand at the end of the page and leave the room to what is read.
 */
export function Tabs() {
  const t = useT();
  const { theme, toggle } = useTheme();
  const look =
    "flex min-h-14 min-w-0 flex-1 flex-col items-center justify-center text-xs whitespace-nowrap no-underline";
  return (
    <nav
      aria-label={t("nav.tabs")}
      className="fixed inset-x-0 bottom-0 z-10 flex border-t border-line bg-bg md:hidden [@media(max-height:30rem)]:static"
    >
      {places
        .filter(({ isTab }) => isTab)
        .map(({ to, key, glyph }) => (
          <Link key={to} to={to} activeOptions={{ exact: to === "/" }} activeProps={active} className={look}>
            <span aria-hidden="true" className="text-lg leading-5">
              {glyph}
            </span>
            {t(key)}
          </Link>
        ))}
      <details className="group relative flex flex-1 flex-col">
        <summary className={`${look} cursor-pointer list-none`}>
          <span aria-hidden="true" className="text-lg leading-5">
            ⋯
          </span>
          {t("nav.more")}
        </summary>
        <ul className="absolute right-0 bottom-full min-w-44 rounded-tl-lg border border-line bg-bg p-2">
          {places
            .filter(({ isTab }) => !isTab)
            .map(({ to, key }) => (
              <li key={to}>
                <Link
                  to={to}
                  activeProps={active}
                  className="flex min-h-11 items-center px-3 no-underline"
                  onClick={shut}
                >
                  {t(key)}
                </Link>
              </li>
            ))}
          <Council className="flex min-h-11 items-center px-3 no-underline" onClick={shut} />
          <li>
            <button
              type="button"
              className="flex min-h-11 w-full items-center px-3 text-left"
              onClick={(event) => {
                toggle();
                shut(event);
              }}
            >
              {t(theme === "light" ? "theme.toDark" : "theme.toLight")}
            </button>
          </li>
        </ul>
      </details>
    </nav>
  );
}
