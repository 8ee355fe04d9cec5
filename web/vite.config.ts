import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { directImports } from "./scripts/direct-imports.ts";

/** `--mode local-chain` builds with the demo account in it; every other build must not contain a trace of it. */
export default defineConfig(({ mode, command }) => {
  // Whoever starts a build, such as a test runner with settings of its own, it is the one that people get.
  if (command === "build") process.env.NODE_ENV = "production";
  return {
    plugins: [react(), tailwindcss(), directImports()],
    define: { __DEMO__: JSON.stringify(mode === "local-chain") },
    build: {
      outDir: mode === "local-chain" ? "dist/local" : "dist/production",
      emptyOutDir: true,
      manifest: true,
      target: "es2022",
      chunkSizeWarningLimit: 700,
    },
  };
});
