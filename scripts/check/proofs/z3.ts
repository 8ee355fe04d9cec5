// Answers the SMT-LIB 2 script on standard input; a process of its own, because the compiler waits for its solver while
// this one needs the event loop.
import { readFileSync } from "node:fs";
import { init } from "z3-solver";

const { Z3 } = await init();
const context = Z3.mk_context(Z3.mk_config());
process.stdout.write(await Z3.eval_smtlib2_string(context, readFileSync(0, "utf8")), () => process.exit(0));
