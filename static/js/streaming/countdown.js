// Time that is left: "27:52", "1:27:59"; past the planned moment it says so, and never goes negative.
const two = (number) => String(number).padStart(2, "0");

function clockText(milliseconds) {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}

export function countdownText(milliseconds) {
  if (milliseconds >= 0) return clockText(milliseconds);
  return interpolate(gettext("%(time)s past the planned time"), { time: clockText(milliseconds) }, true);
}

export const isUrgent = (milliseconds) => milliseconds >= 0 && milliseconds < 60_000;

/** Whole minutes for "in 47 minutes": rounded up, so that it never says 0 before the moment. */
export const minutesLeft = (milliseconds) => Math.max(0, Math.ceil(milliseconds / 60_000));
