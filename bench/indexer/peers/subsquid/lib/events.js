const { event, indexed } = require("@subsquid/evm-abi");
const codec = require("@subsquid/evm-codec");
const settings = require("../bench.json");

const { keccak256 } = require("@subsquid/evm-abi/lib");

/** A codec by the name of an ABI's type; dynamic ones are values there, too. */
const codecOf = ({ type, indexed: isIndexed }) => (isIndexed ? indexed(codec[type]) : codec[type]);

/** Decoders by contract and event, from the ABIs that the bench hands over. */
exports.events = Object.fromEntries(
  Object.entries(settings.abis).map(([contract, items]) => [
    contract,
    Object.fromEntries(
      items.map((item) => {
        const signature = `${item.name}(${item.inputs.map(({ type }) => type).join(",")})`;
        const topic = `0x${keccak256(signature).toString("hex")}`;
        const args = Object.fromEntries(item.inputs.map((input) => [input.name, codecOf(input)]));
        return [item.name, event(topic, signature, args)];
      }),
    ),
  ]),
);
