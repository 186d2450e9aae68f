// Notes that travel inside the picture (timed metadata, ID3), met at the moment when the picture reaches them.
// hls.js and the browser's own HLS both give them as cues of a hidden text track.
const REACHED_SECONDS = 0.1;

export function listenForNotes(video, onNote) {
  const watch = (track) => {
    if (track.kind !== "metadata") return;
    // A disabled track tells nothing.
    track.mode = "hidden";
    track.addEventListener("cuechange", () => tell(track, video.currentTime, onNote));
  };
  for (const track of video.textTracks) watch(track);
  video.textTracks.addEventListener("addtrack", ({ track }) => watch(track));
}

/** A short cue can begin and end between two looks, so everything that was reached counts, not the active alone. */
function tell(track, now, onNote) {
  const reached = [...(track.cues ?? [])].filter((cue) => cue.startTime <= now + REACHED_SECONDS);
  const notes = reached.map((cue) => noteIn(cue.value?.data ?? cue.text)).filter(Boolean);
  const newest = notes.sort((one, other) => one.revision - other.revision).at(-1);
  if (newest) onNote(newest);
}

/** {track, revision, talk, event} of one of our notes; null for everything else that a picture may carry. */
export function noteIn(said) {
  const text = typeof said === "string" ? said : said ? new TextDecoder().decode(said) : "";
  const [from, to] = [text.indexOf("{"), text.lastIndexOf("}")];
  if (from < 0 || to < from) return null;
  try {
    const note = JSON.parse(text.slice(from, to + 1));
    const isOurs = note.dreamkast === 1 && Number.isInteger(note.track) && Number.isInteger(note.revision);
    return isOurs ? note : null;
  } catch {
    return null;
  }
}
