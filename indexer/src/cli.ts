// npm run indexer -- <command>
import { EnvInvalid, readEnv } from "./env.ts";
import { run } from "./main.ts";

/** Starts the roles, or does what another command says. Those are loaded when asked for: a follower needs none of them. */
async function main(name: string): Promise<number> {
  const asksForHelp = [name, ...process.argv.slice(3)].some((word) => ["help", "--help", "-h"].includes(word));
  try {
    if (name === "run" && !asksForHelp) {
      await run(readEnv());
      return 0;
    }
    const { commands, help, operations } = await import("./commands.ts");
    if (asksForHelp) {
      console.log((Object.hasOwn(operations, name) ? operations[name]?.help : undefined) ?? help);
      return 0;
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) {
      console.error(`unknown command "${name}"\n\n${help}`);
      return 1;
    }
    await command(readEnv(), process.argv.slice(3));
    return 0;
  } catch (error) {
    const { code = "UNEXPECTED" } = error as { code?: string };
    const message = error instanceof Error ? error.message || String(error.cause ?? error.name) : String(error);
    console.error(error instanceof EnvInvalid ? message : `${code}: ${message}`);
    return 1;
  }
}

process.exit(await main(process.argv[2] ?? "run"));
