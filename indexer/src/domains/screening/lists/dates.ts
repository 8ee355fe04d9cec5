const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `01 Mar 1970`, `Mar 1970`, `1970` or `circa 1970` as ISO 8601, as exact as it is; undefined for stretches of years. */
export function writtenDate(text: string): string | undefined {
  const found = /^(?:circa )?(?:(\d{1,2}) )?(?:([A-Z][a-z]{2}) )?(\d{4})$/.exec(text.trim());
  if (!found) return undefined;
  const [, day, month, year = ""] = found;
  const number = months.indexOf(month ?? "") + 1;
  const parts = [year, ...(number > 0 ? [String(number)] : []), ...(number > 0 && day ? [day] : [])];
  return parts.map((part) => part.padStart(2, "0")).join("-");
}

interface Day {
  year: number;
  month: number;
  day: number;
}

/** A period as one date, as exact as both ends agree; undefined where they lie in different years. */
export function dateOfPeriod(from: Day, to: Day): string | undefined {
  if (from.year !== to.year) return undefined;
  const two = (value: number) => String(value).padStart(2, "0");
  if (from.month !== to.month) return String(from.year);
  const month = `${from.year}-${two(from.month)}`;
  return from.day === to.day ? `${month}-${two(from.day)}` : month;
}
