import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSanctions } from "../../../src/domains/screening/domain.ts";
import { readEnv } from "../../../src/env.ts";
import type { Kit } from "../../../src/platform/domain.ts";
import { type Log, openLog } from "../../../src/platform/telemetry/log.ts";
import { openKit } from "../../../src/roles/people.ts";
import { until } from "../../harness/until.ts";
import { type Kyc, startKyc } from "../kyc/applicants.ts";

/** Formats that are one file. */
type Format = "sdn-advanced-xml" | "opensanctions-csv" | "ftm-json";

const fixture = (name: string) => readFileSync(join(import.meta.dirname, "fixtures", name), "utf8");

interface Invented {
  id: string;
  name: string;
  alias?: string;
  birthDate?: string;
  wallet?: string;
  topics?: string[];
}

/** Lines of FollowTheMoney about invented people. */
export function invented(people: Invented[]): string {
  const lines = people.flatMap(({ id, name, alias, birthDate, wallet, topics = ["sanction"] }) => {
    const properties = { name: [name], alias: alias ? [alias] : [], birthDate: birthDate ? [birthDate] : [], topics };
    const holder = { id: `w-${id}`, schema: "CryptoWallet", properties: { publicKey: [wallet], holder: [id] } };
    return [{ id, caption: name, schema: "Person", properties }, ...(wallet ? [holder] : [])];
  });
  return `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
}

/** People on a list whom nobody is like: they only make it longer. */
export const crowd = (count: number): Invented[] =>
  Array.from({ length: count }, (_, i) => ({ id: `crowd-${i}`, name: `Xy${"bcdfghjkl"[i % 9]}qq Wzv${i}vv` }));

/** The services that a command line has, over the same databases. */
async function openServices({ people }: Kyc, log: Log) {
  const env = readEnv({
    ...{
      APP_ENV: "development",
      DATABASE_URL: people.database.url,
      RPC_URL: people.chain.url,
      CHAIN_ID: String(people.chain.record.chainId),
    },
    ...people.settings,
    // Tests ask as nobody in particular, past the second wall.
    KEYVAULT_URL: people.keyvault.ownerUrl,
  });
  const opened = await openKit(env, people.chain.record, people.database.pool, async () => undefined, log);
  if (!opened) throw new Error("services for people are off");
  return opened;
}

/** What can be seen past the API. */
function behind(kit: Kit) {
  const rows = async <T>(query: string, ...values: unknown[]): Promise<T[]> =>
    (await kit.pool.query(query, values)).rows as T[];
  const results = (memberId: string) =>
    rows<{ why: string; aml_score: number; is_exposed: boolean; versions: Record<string, string> }>(
      "select * from app.screening_results where member_id = $1 order by at, id",
      memberId,
    );
  const hits = (memberId: string) =>
    rows<{ id: string; kind: string; state: string; score: number }>(
      "select * from app.screening_hits where member_id = $1 order by opened_at, id",
      memberId,
    );
  return {
    ...{ rows, results, hits },
    /** Waits until everybody whom a version concerns is on the way to be screened again, and has been. */
    compared: (versionId: string) =>
      until("members compared with the list", async () => {
        const [version] = await rows<{ compared_at: Date | null }>(
          "select compared_at from app.screening_versions where id = $1",
          versionId,
        );
        const [waiting] = await rows<{ count: string }>(
          "select count(*) from boss.job where name like 'screening-%' and state in ('created', 'retry', 'active')",
        );
        return version?.compared_at != null && waiting?.count === "0";
      }),
    /** Waits until a member has so many results. */
    screened: (memberId: string, count = 1) =>
      until(`${count} results`, async () => (await results(memberId)).length >= count),
  };
}

/** Everything that screens: a worker, the sandbox as provider, and what loads lists as the command line does. */
export async function startScreening(log = openLog("silent")) {
  const kyc: Kyc = await startKyc({ log });
  const { kit, close } = await openServices(kyc, log);
  const folder = mkdtempSync(join(tmpdir(), "tburn-screening-"));
  let written = 0;
  return {
    ...{ kyc, kit, fixture, ...behind(kit) },
    load: (text: string, list = "synthetic", format: Format = "ftm-json", more: string[] = []) => {
      const file = join(folder, `${++written}`);
      writeFileSync(file, text);
      return loadSanctions(kit, ["--list", list, "--file", file, "--format", format, ...more]);
    },
    stop: async () => {
      await close();
      await kyc.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Screening = Awaited<ReturnType<typeof startScreening>>;
