import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type FunctionFragment, Interface, type InterfaceAbi } from "ethers";

type Fragment = FunctionFragment | { type: string };

/** Custom errors of every contract below `folder` of artifacts. */
export function errorsBelow(folder: string): Interface {
  const abis = globSync("contracts/**/*.json", { cwd: folder }).flatMap(
    (file) => (JSON.parse(readFileSync(join(folder, file), "utf8")) as { abi: Fragment[] }).abi,
  );
  const errors = new Map(abis.filter(({ type }) => type === "error").map((one) => [JSON.stringify(one), one]));
  return new Interface([...errors.values()] as InterfaceAbi);
}

/**
 * The message of a revert with its error's name, as Hardhat writes it when it knows the code that ran; here it does
 * not, since woven contracts come without their sources.
 */
export function named(message: string, errors: Interface): string {
  const data = /unrecognized custom error \(return data: (0x[0-9a-f]+)\)/.exec(message);
  const error = data?.[1] ? errors.parseError(data[1]) : null;
  if (!data || !error) return message;
  return message.replace(data[0], `custom error '${error.name}(${error.args.join(", ")})'`);
}
