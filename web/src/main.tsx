import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { getClient } from "wagmi/actions";
import { App } from "./App.tsx";
import { loadSettings } from "./shared/chain/settings.ts";
import { activate, storedLocale } from "./shared/i18n/i18n.ts";
import { StartProblem } from "./shell/StartProblem.tsx";
import { applyTheme } from "./shell/theme.ts";
import { createWagmi } from "./wagmi.ts";
import "./styles.css";

const root = createRoot(document.getElementById("root") as HTMLElement);

async function begin(): Promise<void> {
  applyTheme();
  await activate(storedLocale());
  const settings = await loadSettings();
  const wagmi = await createWagmi(settings.config);
  const client = getClient(wagmi);
  if (!client) throw new Error("no endpoint");
  root.render(
    <StrictMode>
      <App chain={{ ...settings, client }} wagmi={wagmi} />
    </StrictMode>,
  );
}

begin().catch((error: Error) => root.render(<StartProblem error={error} />));
