/** Hands a text to the reader as a file. */
export const download = (name: string, type: string, text: string): void =>
  downloadFile(name, new Blob([text], { type }));

/** Hands bytes to the reader as a file. */
export function downloadFile(name: string, bytes: Blob): void {
  const url = URL.createObjectURL(bytes);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

// A cell that starts like a formula would run in a spreadsheet.
const cell = (value: string) => {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?[\d.,]+$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Rows as CSV (RFC 4180), with a mark by which spreadsheets know UTF-8. */
export const toCsv = (rows: string[][]) => `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;

const stamp = (seconds: number) => new Date(seconds * 1000).toISOString().replace(/[-:]/g, "").replace(/\.\d+/, "");
const escaped = (text: string) => text.replace(/([\\;,])/g, "\\$1").replace(/\n/g, "\\n");

/** A calendar entry of fifteen minutes with a reminder at its start (RFC 5545). */
export function toIcs(event: { id: string; at: number; now: number; title: string; text: string }): string {
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//TBURN//Members//KO",
    "BEGIN:VEVENT",
    `UID:${event.id}@tburn-members`,
    `DTSTAMP:${stamp(event.now)}`,
    `DTSTART:${stamp(event.at)}`,
    "DURATION:PT15M",
    `SUMMARY:${escaped(event.title)}`,
    `DESCRIPTION:${escaped(event.text)}`,
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "TRIGGER:PT0S",
    `DESCRIPTION:${escaped(event.title)}`,
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}
