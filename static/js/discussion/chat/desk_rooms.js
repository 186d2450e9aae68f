// The rooms of the tracks: open or closed, how fast people may write, and whether messages are approved first.
import { find, make, setAttribute } from "../../lib/dom.js";

const SLOW = [0, 5, 10, 30, 60, 120];

export function drawRooms(root, rooms, change) {
  for (const room of rooms) {
    const drawn = find(`[data-room="${room.track_id}"]`, root) ?? root.appendChild(roomOf(room, change));
    for (const [name, value] of Object.entries(room)) setValue(find(`[name=${name}]`, drawn), value);
  }
}

function setValue(field, value) {
  if (!field) return;
  if (field.type === "checkbox") field.checked = value;
  else if (document.activeElement !== field) setSlow(field, value);
}

function setSlow(field, value) {
  if (![...field.options].some((option) => option.value === String(value))) field.append(optionOf(value));
  field.value = String(value);
  setAttribute(field, "data-slow", value);
}

function roomOf(room, change) {
  const check = (name) => {
    const field = make("input", { type: "checkbox", name });
    field.addEventListener("change", () => change(room, { [name]: field.checked }));
    return field;
  };
  const slow = make("select", { name: "slow_seconds" }, ...SLOW.map(optionOf));
  slow.addEventListener("change", () => change(room, { slow_seconds: Number(slow.value) }));
  const name = interpolate(gettext("Track %(name)s"), { name: room.name }, true);
  return make(
    "fieldset",
    { class: "room", "data-room": room.track_id },
    make("legend", {}, name),
    make("label", {}, check("is_open"), gettext("Takes messages")),
    make("label", {}, check("approve_first"), gettext("Approve each message first")),
    make("label", {}, gettext("Slow mode"), " ", slow),
  );
}

function optionOf(seconds) {
  const words = ngettext("one message every %(count)s second", "one message every %(count)s seconds", seconds);
  return make("option", { value: seconds }, seconds ? interpolate(words, { count: seconds }, true) : gettext("off"));
}
