// Makes the tables; a squid's migrations would.
const { createOrmConfig } = require("@subsquid/typeorm-config");
const { DataSource } = require("typeorm");

const source = new DataSource({ ...createOrmConfig(), synchronize: true });
source.initialize().then(() => source.destroy());
