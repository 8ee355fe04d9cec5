import { getCompileCacheDir } from "node:module";
import { dirname } from "node:path";

const cache = getCompileCacheDir();

/** Lets a process that is given an environment of its own find, as this one does, what was compiled before. */
export const compiled = { NODE_COMPILE_CACHE: cache === undefined ? "" : dirname(cache) };
