import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** All metrics of this process. */
export const registry = new Registry();
const registers = [registry];

collectDefaultMetrics({ register: registry });
// Their names break the rule that only counters end in _total.
for (const name of ["handles", "requests", "resources"]) registry.removeSingleMetric(`nodejs_active_${name}_total`);

export const headBlock = new Gauge({ registers, name: "tburn_head_block", help: "Highest block announced" });
export const indexedBlock = new Gauge({ registers, name: "tburn_indexed_block", help: "Last block in the database" });
export const eventsProjected = new Counter({ registers, name: "tburn_events_total", help: "Events projected" });
export const blocksProjected = new Counter({ registers, name: "tburn_blocks_total", help: "Blocks projected" });
export const reorgDepth = new Histogram({
  registers,
  name: "tburn_reorg_depth_blocks",
  help: "Reorganisations undone, by depth",
  buckets: [1, 2, 4, 8, 16, 32, 64],
});
export const batchSeconds = new Histogram({
  registers,
  name: "tburn_batch_duration_seconds",
  help: "Time to project and write a batch",
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
});
export const rpcCalls = new Counter({
  registers,
  name: "tburn_rpc_calls_total",
  help: "Calls by endpoint, method and outcome",
  labelNames: ["endpoint", "method", "outcome"],
});
export const rpcLies = new Counter({
  registers,
  name: "tburn_rpc_lies_total",
  help: "Answers that contradicted the chain",
  labelNames: ["endpoint", "code"],
});
export const requestSeconds = new Histogram({
  registers,
  name: "http_server_request_duration_seconds",
  help: "Time to answer a request",
  labelNames: ["http_route", "http_response_status_code"],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});
export const reads = new Counter({
  registers,
  name: "tburn_reads_total",
  help: "Answers by the server that they were read from, and why there",
  labelNames: ["place", "because"],
});
export const replicaLagSeconds = new Gauge({
  registers,
  name: "tburn_replica_lag_seconds",
  help: "How late the replica is; NaN while it is away or not known",
});
export const replicaLagBlocks = new Gauge({
  registers,
  name: "tburn_replica_lag_blocks",
  help: "Blocks that the replica lacks; NaN while it is away",
});
export const exportedRows = new Counter({
  registers,
  name: "tburn_exported_rows_total",
  help: "Rows read for exports",
});
export const answersTold = new Counter({
  registers,
  name: "tburn_answers_total",
  help: "Public answers, by whether they were kept, shared with a question under way, or made",
  labelNames: ["how"],
});
export const relayedEvents = new Counter({
  registers,
  name: "tburn_outbox_relayed_total",
  help: "Announcements handed to the job queue",
});
