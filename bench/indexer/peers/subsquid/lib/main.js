const { EvmBatchProcessor } = require("@subsquid/evm-processor");
const { TypeormDatabase } = require("@subsquid/typeorm-store");
const settings = require("../bench.json");
const { events } = require("./events.js");
const { Batch } = require("./batch.js");

const processor = new EvmBatchProcessor()
  .setRpcEndpoint({ url: settings.rpcUrl, capacity: 10, maxBatchCallSize: settings.range })
  .setFinalityConfirmation(30)
  .setBlockRange({ from: settings.first, to: settings.head })
  .setFields({ log: { topics: true, data: true }, block: { timestamp: true } });
for (const [contract, of] of Object.entries(events)) {
  processor.addLog({
    address: [settings.addresses[contract].toLowerCase()],
    topic0: Object.values(of).map(({ topic }) => topic),
  });
}

processor.run(new TypeormDatabase({ supportHotBlocks: false }), async ({ blocks, store }) => {
  const batch = new Batch(blocks);
  await batch.load(store);
  batch.fold();
  await batch.save(store);
});
