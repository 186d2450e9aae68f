// Times as the page of recordings writes them, in whatever zone: "2026-11-23 10:00:05".
const FORM = /^\s*(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?\s*$/;
const two = (number) => String(number).padStart(2, "0");

/** The time so many seconds later; null for what is no time. */
export function moved(text, seconds) {
  const found = FORM.exec(text);
  if (!found) return null;
  const [year, month, day, hour, minute, second = 0] = found.slice(1).map((part) => Number(part ?? 0));
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second + seconds));
  const date = `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
  return `${date} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
}
