import type { Text } from "../compile.ts";

/** A validator's node, and whether it holds its key. */
export const nodes: Record<string, Text> = {
  "node.title": "Your validator's node",
  "node.lead": "Show that your node holds the validator's key: run this on it, then have it asked.",
  "node.command": "Command for your node",
  "node.commandNote": "It answers challenges of this registration and signs nothing else. Stop it afterwards.",
  "node.endpoint": "Where your node listens",
  "node.endpointHint":
    "host:port, or tls://host:port with a public certificate. Port 443, or 1024 and above. Kept encrypted.",
  "node.ask": "Ask my node",
  "node.optional": "You can hand in before it has answered. You are let in once it has.",
  "node.standing": "Answer of the node",
  "node.at": "Asked: {time}",
  "node.state.NOT_ASKED": "Not asked yet",
  "node.state.ASKED": "Being asked",
  "node.state.ANSWERED": "Answered with the validator's key",
  "node.state.UNREACHABLE": "Could not be reached. Check address, port and firewall.",
  "node.state.WRONG_KEY": "Signed with another key",
  "node.state.UNREADABLE": "Answered with something else. Is the command running, with the right key?",
  "node.state.REFUSED_ADDRESS": "The address is not public",
  "node.state.EXPIRED": "No answer in time. Have it asked again.",
  "node.state.KEY_CHANGED": "The validator's key was changed since. Have it asked again.",
  "node.waived": "An officer said that it need not answer: {reason}",
  "node.waiverReason": "Why the node need not answer",
  "node.waiverHint": "Ten characters or more. Kept encrypted, and the trail says that you said it.",
  "node.waive": "Let it in without an answer",
  "refused.NODE_ADDRESS_REFUSED": "Name a public host and a port, such as validator.example:26660.",
  "refused.NODE_NOT_ANSWERED": "The node has not answered. Have it asked again, or say at the member why it need not.",
  "refused.NODE_WAIVER_SELF": "Nobody waives their own node.",
};
