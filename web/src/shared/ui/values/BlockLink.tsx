import { Link } from "@tanstack/react-router";
import { formatCount } from "../../format/number.ts";

/** A block's number that leads to the block. */
export function BlockLink({ number }: { number: number }) {
  return (
    <Link
      className="link num inline-flex min-h-6 items-center"
      to="/blocks/$number"
      params={{ number: String(number) }}
    >
      {formatCount(number)}
    </Link>
  );
}
