import { z } from "zod";

const whole = (most: number) =>
  z.coerce.number({ error: "must be a whole number" }).int("must be a whole number").min(0).max(most);

/** What is said of a replica in the environment. */
export const replicaVariables = {
  DATABASE_READ_URL: z.undefined("is DATABASE_REPLICA_URL now, which is left alone while it lags").optional(),
  DATABASE_REPLICA_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// address" }).optional(),
  REPLICA_LAG_MS: whole(600_000).default(2_000),
  REPLICA_LAG_BLOCKS: whole(1_000_000).default(5),
};

type Given = z.infer<z.ZodObject<typeof replicaVariables>>;

/** Absent where everything is read where it is written. */
export const replicaOf = ({
  DATABASE_REPLICA_URL: url,
  REPLICA_LAG_MS: lagMs,
  REPLICA_LAG_BLOCKS: lagBlocks,
}: Given) => (url === undefined ? undefined : { url, lagMs, lagBlocks });
