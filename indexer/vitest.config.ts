import { createRequire } from "node:module";
import { defineConfig } from "vitest/config";

const { resolve } = createRequire(import.meta.url);

export default defineConfig({
  // The one copy that graphql-yoga loads, too; Vite would prefer the package's other build.
  resolve: { alias: [{ find: /^graphql$/, replacement: resolve("graphql") }] },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "scripts/**/*.test.ts"],
    globalSetup: "test/harness/setup.ts",
    // Real nodes and databases: a busy machine is slow, a hanging test still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 3,
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["src/cli.ts", "src/main.ts"],
      reporter: ["text-summary", "json-summary"],
      reportsDirectory: "coverage",
    },
  },
});
