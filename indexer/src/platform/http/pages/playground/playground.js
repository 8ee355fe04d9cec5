// A query editor without anything from elsewhere: GraphQL over HTTP, subscriptions over server-sent events.
const examples = {
  "Network and leaders": `query {
  networkStats { supply totalStake aprBps activeValidatorCount asOfBlock { number } }
  validatorLeaderboard(limit: 5) { rank validatorId name tier totalStake commissionBps netAprBps }
}`,
  "Members by stake": `query Members($filter: MemberFilter) {
  members(filter: $filter, sort: { field: STAKE, direction: DESC }, first: 10) {
    totalCount
    nodes { memberNo accountAddress tier status kycLevel totalStake }
    pageInfo { hasNextPage endCursor }
  }
}`,
  "News of blocks": `subscription {
  networkEvents { block { number hash } events { name memberNo validatorId args } }
}`,
};

const at = (id) => document.getElementById(id);
const [query, variables, result, state, run, stop] = ["query", "variables", "result", "state", "run", "stop"].map(at);
let running;

for (const [name, text] of Object.entries(examples)) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = name;
  button.addEventListener("click", () => {
    query.value = text;
    variables.value = "{}";
  });
  at("examples").append(button, " ");
}
query.value = Object.values(examples)[0];

const show = (value) => {
  result.value = JSON.stringify(value, null, 2);
};

async function readEvents(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let count = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    const messages = text.split("\n\n");
    text = messages.pop();
    for (const message of messages) {
      const data = /^data: ?(.*)$/m.exec(message)?.[1];
      if (!data) continue;
      show(JSON.parse(data));
      state.textContent = `${++count} messages`;
    }
  }
}

async function ask() {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  stop.disabled = false;
  state.textContent = "asking";
  const started = performance.now();
  try {
    const isSubscription = /^\s*subscription\b/m.test(query.value);
    const response = await fetch("/graphql", {
      method: "POST",
      signal,
      headers: {
        "content-type": "application/json",
        accept: isSubscription ? "text/event-stream" : "application/json",
      },
      body: JSON.stringify({ query: query.value, variables: JSON.parse(variables.value || "{}") }),
    });
    if ((response.headers.get("content-type") ?? "").includes("text/event-stream")) {
      state.textContent = "waiting for news";
      await readEvents(response);
    } else {
      show(await response.json());
      state.textContent = `${Math.round(performance.now() - started)} ms`;
    }
  } catch (error) {
    state.textContent = signal.aborted ? "stopped" : error.message;
  } finally {
    if (running?.signal === signal) stop.disabled = true;
  }
}

run.addEventListener("click", ask);
stop.addEventListener("click", () => running?.abort());
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) ask();
});
