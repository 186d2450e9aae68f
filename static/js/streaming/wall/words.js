// What the wall says: short, because it is read from four metres.
export const say = (text, values) => interpolate(text, values, true);

const two = (number) => String(number).padStart(2, "0");

/** "47:52", "1:27:59"; past the planned moment "+03:10". */
export function leftText(milliseconds) {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const text = hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
  return milliseconds < 0 ? `+${text}` : text;
}

export function lastedText(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return seconds < 3600 ? `${Math.floor(seconds / 60)}:${two(seconds % 60)}` : leftText(milliseconds);
}

export function flagWord(word) {
  const words = {
    no_stream: gettext("No stream"),
    no_picture: gettext("No signal"),
    starving: gettext("Too little arrives"),
    warned: gettext("The service warns"),
    unknown: gettext("Health unknown"),
    nothing_on_air: gettext("Nothing on air"),
    stalled: gettext("Picture stands"),
    black: gettext("Black picture"),
    frozen: gettext("Frozen picture"),
    silent: gettext("No sound"),
  };
  return words[word] ?? words.unknown;
}

/** "No signal 1:59・No sound 0:40" */
export const flagsText = (flags, now) => flags.map(({ word, since }) => `${flagWord(word)} ${lastedText(now - since)}`).join("・");

export function lampWord(lamp) {
  return { on: gettext("ON AIR"), card: gettext("CARD"), idle: gettext("WAITING") }[lamp] ?? "?";
}

export function cardTitle(card) {
  const words = {
    technical: gettext("Technical card is shown"),
    break: gettext("Break card is shown"),
    waiting: gettext("Waiting card is shown"),
  };
  return words[card] ?? "";
}
