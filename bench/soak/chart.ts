import type { Figure, Sample } from "./samples.ts";

const WIDTH = 760;
const HEIGHT = 120;
const LEFT = 64;
const GAP = 46;

const panels: { figure: Figure; title: string }[] = [
  { figure: "memoryMiB", title: "memory of follower and API, MiB" },
  { figure: "connections", title: "connections to PostgreSQL" },
  { figure: "journalRows", title: "rows of the undo journal" },
  { figure: "lagBlocks", title: "blocks behind the head" },
  { figure: "answerMs", title: "a read by GraphQL, ms" },
];

function panel(samples: Sample[], { figure, title }: { figure: Figure; title: string }, index: number): string {
  const top = 30 + index * (HEIGHT + GAP);
  const most = Math.max(...samples.map((sample) => sample[figure]), 1);
  const end = samples.at(-1)?.at ?? 1;
  const x = (at: number) => LEFT + (at / end) * (WIDTH - LEFT - 16);
  const y = (value: number) => top + HEIGHT - (value / most) * HEIGHT;
  const points = samples.map((sample) => `${x(sample.at).toFixed(1)},${y(sample[figure]).toFixed(1)}`).join(" ");
  return `<text x="${LEFT}" y="${top - 8}" class="t">${title}</text>
<line x1="${LEFT}" y1="${top + HEIGHT}" x2="${WIDTH - 16}" y2="${top + HEIGHT}" class="a"/>
<text x="${LEFT - 6}" y="${top + 10}" class="n">${Math.round(most * 10) / 10}</text>
<text x="${LEFT - 6}" y="${top + HEIGHT}" class="n">0</text>
<text x="${WIDTH - 16}" y="${top + HEIGHT + 14}" class="n">${Math.round(end / 60)} min</text>
<polyline points="${points}" class="l"/>`;
}

/** A picture of all samples, axes from zero. @param caption What was done meanwhile. */
export function chartOf(samples: Sample[], caption: string): string {
  const height = 40 + panels.length * (HEIGHT + GAP);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">
<style>.t{font-weight:bold}.n{text-anchor:end;fill:#555}.a{stroke:#999}.l{fill:none;stroke:#1f5fbf;stroke-width:1.2}</style>
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
${panels.map((one, index) => panel(samples, one, index)).join("\n")}
<text x="${LEFT}" y="${height - 8}">${caption}</text>
</svg>
`;
}
