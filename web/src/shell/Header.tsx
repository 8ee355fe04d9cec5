import { Link } from "@tanstack/react-router";
import { useConnection } from "wagmi";
import { Tray } from "../shared/action/tray/Tray.tsx";
import { shortHex } from "../shared/format/number.ts";
import { activate, useLocale, useT } from "../shared/i18n/i18n.ts";
import { openWallets } from "../shared/wallet/opening.ts";
import { Search } from "./Search.tsx";
import { StatusPill } from "./StatusPill.tsx";
import { useTheme } from "./theme.ts";

function WalletButton() {
  const t = useT();
  const { address, isReconnecting } = useConnection();
  const look =
    "inline-flex min-h-10 shrink-0 items-center rounded-lg px-3 text-sm font-semibold whitespace-nowrap max-sm:px-2";
  if (!address)
    return (
      <button
        type="button"
        data-testid="wallet-open"
        aria-busy={isReconnecting || undefined}
        onClick={openWallets}
        className={`${look} bg-primary text-on-primary`}
      >
        {t("wallet.connectShort")}
      </button>
    );
  return (
    <button
      type="button"
      data-testid="wallet-account"
      data-address={address}
      title={address}
      onClick={openWallets}
      className={`${look} border border-control font-mono`}
    >
      <span className="sr-only">{t("wallet.account")}: </span>
      {shortHex(address)}
    </button>
  );
}

/** Logo, search, how the chain is doing, what is under way, language, theme and wallet. */
export function Header() {
  const t = useT();
  const locale = useLocale();
  const { theme, toggle } = useTheme();
  const square =
    "inline-flex min-h-10 min-w-10 shrink-0 items-center justify-center rounded-lg border border-control px-2 text-sm";
  return (
    <header className="border-b border-line bg-bg">
      <div className="mx-auto flex max-w-6xl items-center gap-1.5 px-3 py-2 sm:gap-2 sm:px-4">
        <Link
          to="/"
          className="mr-auto inline-flex min-h-10 shrink-0 items-center gap-2 text-lg font-bold no-underline"
        >
          <img src="/favicon.svg" alt="" width="28" height="28" />
          <span className="max-sm:sr-only">TBURN</span>
        </Link>
        <Search />
        <StatusPill />
        <button
          type="button"
          data-testid="language-switch"
          lang={locale === "ko" ? "en" : "ko"}
          onClick={() => void activate(locale === "ko" ? "en" : "ko")}
          aria-label={locale === "ko" ? "English" : "한국어"}
          className={square}
        >
          <span aria-hidden="true" className="sm:hidden">
            {locale === "ko" ? "EN" : "한"}
          </span>
          <span aria-hidden="true" className="max-sm:hidden">
            {locale === "ko" ? "English" : "한국어"}
          </span>
        </button>
        <button
          type="button"
          data-testid="theme-switch"
          aria-label={t(theme === "light" ? "theme.toDark" : "theme.toLight")}
          onClick={toggle}
          className={`${square} max-sm:hidden`}
        >
          <span aria-hidden="true">{theme === "light" ? "☾" : "☀"}</span>
        </button>
        <Tray />
        <WalletButton />
      </div>
    </header>
  );
}
