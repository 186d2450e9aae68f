// The variant of a master playlist that has sound and no picture.

/** Its address, or null when every variant has a picture. */
export function soundVariant(playlist, address) {
  const lines = playlist.split(/\r?\n/).map((line) => line.trim());
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith("#EXT-X-STREAM-INF:") || hasPicture(line)) continue;
    const uri = lines.slice(index + 1).find((next) => next && !next.startsWith("#"));
    if (uri) return new URL(uri, address).href;
  }
  return null;
}

function hasPicture(line) {
  const codecs = /CODECS="([^"]*)"/.exec(line)?.[1] ?? "";
  const soundOnly = codecs !== "" && codecs.split(",").every((codec) => /^(mp4a|opus|ac-3|ec-3)/i.test(codec.trim()));
  return line.includes("RESOLUTION=") || !soundOnly;
}

/** The address to play for `url`: itself, or its sound alone. A playlist that cannot be read stays itself. */
export async function soundAddress(url) {
  const address = new URL(url, location.href).href;
  try {
    const response = await fetch(address, { cache: "no-store" });
    return (response.ok && soundVariant(await response.text(), address)) || url;
  } catch {
    return url;
  }
}
