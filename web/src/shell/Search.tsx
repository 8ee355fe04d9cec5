import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useT } from "../shared/i18n/i18n.ts";
import { searchTarget } from "./search-target.ts";

/** Finds a validator, a proposal, a block or a wallet; Ctrl/⌘ K goes there. */
export function Search() {
  const t = useT();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      if (event.key !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener("keydown", open);
    return () => removeEventListener("keydown", open);
  }, []);
  return (
    <search className="hidden lg:block">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const target = searchTarget(input.current?.value ?? "");
          if (!target || !input.current) return;
          input.current.value = "";
          void navigate(target);
        }}
      >
        <input
          ref={input}
          type="search"
          aria-label={t("search.label")}
          placeholder={t("search.placeholder")}
          className="min-h-10 w-56 rounded-lg border border-control bg-bg px-3 text-sm placeholder:text-muted"
        />
      </form>
    </search>
  );
}
