// Web addresses in a text. Only http and https become links; everything else stays text.
const ADDRESS = /https?:\/\/[^\s<>"'`「」『』（）。、]+/gi;
const TRAILING = /[.,:;!?)\]}*_~…]+$/;

/** [{text}, {text, href}, ...] that together are the text. */
export function partsOf(text) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TRAILING, "");
    const href = safe(address);
    if (!href) continue;
    if (match.index > at) parts.push({ text: text.slice(at, match.index) });
    parts.push({ text: address, href });
    at = match.index + address.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}

function safe(address) {
  try {
    const url = new URL(address);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}
