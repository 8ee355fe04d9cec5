/** A run of text with one look. */
export interface Run {
  text: string;
  look?: "strong" | "emphasis" | "code";
  /** Only http and https. */
  href?: string;
}

export type Block =
  | { kind: "heading"; level: number; runs: Run[] }
  | { kind: "paragraph" | "quote"; runs: Run[] }
  | { kind: "list"; isOrdered: boolean; items: Run[][] }
  | { kind: "code"; text: string }
  | { kind: "rule" };

const inline = /`([^`]+)`|\*\*([^*]+)\*\*|(?<![\w*])[*_]([^*_\n]+)[*_](?![\w*])|!?\[([^\]]*)\]\(([^)\s]*)\)/g;

const safeLink = (href: string) => (/^https?:\/\/[^\s]+$/i.test(href) ? href : undefined);

/** Splits a line into runs. Everything that is not understood stays text: nothing becomes markup by accident. */
export function runsOf(line: string): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const match of line.matchAll(inline)) {
    if (match.index > at) runs.push({ text: line.slice(at, match.index) });
    const [whole, code, strong, emphasis, label, href] = match;
    if (code !== undefined) runs.push({ text: code, look: "code" });
    else if (strong !== undefined) runs.push({ text: strong, look: "strong" });
    else if (emphasis !== undefined) runs.push({ text: emphasis, look: "emphasis" });
    else {
      const safe = safeLink(href ?? "");
      runs.push(safe ? { text: label || safe, href: safe } : { text: whole });
    }
    at = match.index + whole.length;
  }
  if (at < line.length) runs.push({ text: line.slice(at) });
  return runs;
}

const bullet = /^\s{0,3}[-*+]\s+(.*)$/;
const number = /^\s{0,3}\d{1,3}[.)]\s+(.*)$/;
const heading = /^(#{1,6})\s+(.*?)\s*#*$/;
const special = (line: string) =>
  line.trim() === "" || heading.test(line) || bullet.test(line) || number.test(line) || /^(```|>|---+\s*$)/.test(line);

/** Takes lines from the front while `wanted`. */
function take(lines: string[], wanted: (line: string) => boolean): string[] {
  const end = lines.findIndex((line) => !wanted(line));
  return lines.splice(0, end === -1 ? lines.length : end);
}

function blockOf(lines: string[]): Block | undefined {
  const line = lines[0] ?? "";
  const titled = heading.exec(line);
  if (titled) {
    lines.shift();
    return { kind: "heading", level: titled[1]?.length ?? 1, runs: runsOf(titled[2] ?? "") };
  }
  if (line.startsWith("```")) {
    lines.shift();
    const text = take(lines, (one) => !one.startsWith("```")).join("\n");
    lines.shift();
    return { kind: "code", text };
  }
  if (/^---+\s*$/.test(line)) {
    lines.shift();
    return { kind: "rule" };
  }
  if (line.startsWith(">")) {
    const quoted = take(lines, (one) => one.startsWith(">"));
    return { kind: "quote", runs: runsOf(quoted.map((one) => one.replace(/^>\s?/, "")).join(" ")) };
  }
  const mark = bullet.test(line) ? bullet : number.test(line) ? number : undefined;
  if (mark) {
    const items = take(lines, (one) => mark.test(one)).map((one) => runsOf(mark.exec(one)?.[1] ?? ""));
    return { kind: "list", isOrdered: mark === number, items };
  }
  if (line.trim() === "") {
    lines.shift();
    return undefined;
  }
  const first = lines.shift() ?? "";
  return { kind: "paragraph", runs: runsOf([first, ...take(lines, (one) => !special(one))].join(" ")) };
}

/** Reads the Markdown of proposals: headings, paragraphs, lists, quotes, code, links. No HTML, no images. */
export function blocksOf(text: string): Block[] {
  const lines = text.replaceAll("\r", "").split("\n");
  const blocks: Block[] = [];
  while (lines.length > 0) {
    const block = blockOf(lines);
    if (block) blocks.push(block);
  }
  return blocks;
}

const PROPOSER = /\s*#proposer=0x[0-9a-fA-F]{40}\s*$/;

/** A description without its title and without the mark that reserves it for its proposer. */
export function bodyOf(description: string): string {
  const lines = description.replace(PROPOSER, "").split("\n");
  const first = lines.findIndex((line) => line.trim() !== "");
  return lines
    .slice(first + 1)
    .join("\n")
    .trim();
}

/** What goes on chain: the title as the first heading, and a mark so that nobody else can propose the same first. */
export const descriptionOf = (title: string, body: string, proposer: string) =>
  `# ${title.trim()}\n\n${body.trim()}\n\n#proposer=${proposer.toLowerCase()}`;
