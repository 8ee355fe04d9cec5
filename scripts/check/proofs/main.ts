// npm run analyse [-- <contract> …]: proves the promises of test/proofs with the compiler's model checker and z3, and has
// them refute the false ones of Refuted.sol. Ends with the line `N passed, N failed`.
import { proofs, prove, type Verdict } from "./proofs.ts";

const named = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const [file, contract] of proofs().filter(([, name]) => named.length === 0 || named.includes(name))) {
  const started = performance.now();
  const isFalse = file.endsWith("/Refuted.sol");
  const wanted: Verdict = isFalse ? "refuted" : "proved";
  const found = prove(file, contract).filter(({ target }) => !isFalse || target === "Assertion violation");
  console.log(`── ${contract}, ${Math.round((performance.now() - started) / 1000)} s`);
  for (const { verdict, target, place } of found) console.log(`${verdict.padEnd(8)} ${target}: ${place}`);
  const good = found.filter(({ verdict }) => verdict === wanted).length;
  passed += good;
  // A contract of which nothing was asked has proved nothing.
  failed += found.length === 0 ? 1 : found.length - good;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
