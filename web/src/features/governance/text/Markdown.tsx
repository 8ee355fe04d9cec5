import { placed } from "../parts/placed.ts";
import { type Block, blocksOf, type Run } from "./blocks.ts";

function Runs({ runs }: { runs: Run[] }) {
  return placed(runs).map(({ item: { text, look, href }, place: key }) => {
    if (href)
      return (
        <a key={key} href={href} target="_blank" rel="noopener noreferrer nofollow" className="link break-all">
          {text}
        </a>
      );
    if (look === "strong") return <strong key={key}>{text}</strong>;
    if (look === "emphasis") return <em key={key}>{text}</em>;
    if (look === "code")
      return (
        <code key={key} className="rounded bg-raised px-1 font-mono text-sm">
          {text}
        </code>
      );
    return <span key={key}>{text}</span>;
  });
}

function Shown({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading": {
      // The screen has its own first and second headings.
      const Heading = block.level <= 2 ? "h3" : "h4";
      return (
        <Heading className="mt-2 font-semibold">
          <Runs runs={block.runs} />
        </Heading>
      );
    }
    case "quote":
      return (
        <blockquote className="border-l-4 border-line pl-3 text-muted">
          <Runs runs={block.runs} />
        </blockquote>
      );
    case "list": {
      const List = block.isOrdered ? "ol" : "ul";
      return (
        <List className={`${block.isOrdered ? "list-decimal" : "list-disc"} pl-6`}>
          {placed(block.items).map(({ item: runs, place }) => (
            <li key={place}>
              <Runs runs={runs} />
            </li>
          ))}
        </List>
      );
    }
    case "code":
      return (
        <pre className="rounded-lg bg-raised p-3 text-sm whitespace-pre-wrap break-all">
          <code className="font-mono">{block.text}</code>
        </pre>
      );
    case "rule":
      return <hr className="border-line" />;
    default:
      return (
        <p>
          <Runs runs={block.runs} />
        </p>
      );
  }
}

/** A text as its author meant it; whatever looks like HTML stays text. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="grid gap-3">
      {placed(blocksOf(text)).map(({ item, place }) => (
        <Shown key={place} block={item} />
      ))}
    </div>
  );
}
