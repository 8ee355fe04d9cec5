// PostGraphile over the tables of the bench, as its documentation has it for production.
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

const [databaseUrl, port] = process.argv.slice(2);
const preset = {
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: databaseUrl, schemas: ["bench"], poolConfig: { max: 10 } })],
  grafserv: { port: Number(port), graphiql: false, graphqlOverGET: false, websockets: false, watch: false },
  grafast: { explain: false },
};
const instance = postgraphile(preset).createServ(grafserv);
const server = createServer();
server.on("error", (error) => {
  throw error;
});
await instance.addTo(server);
server.listen(Number(port), "127.0.0.1");
