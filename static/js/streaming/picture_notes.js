// Notes that travel inside the picture (timed metadata, ID3), told at the moment when the picture reaches them.
// They are met earlier, with the segment that holds them: from hls.js as bytes, from the browser's own HLS as
// cues of a hidden text track. hls.js could make cues as well, but not under our content security policy.
const REACHED_SECONDS = 0.1;

export class PictureNotes {
  constructor(video, onNote) {
    Object.assign(this, { video, onNote, ahead: [] });
    video.addEventListener("timeupdate", () => this.tell());
    for (const track of video.textTracks) this.listen(track);
    video.textTracks.addEventListener("addtrack", ({ track }) => this.listen(track));
  }

  /** `at` in seconds of the element's own time. */
  add(at, said) {
    for (const note of notesIn(said)) this.ahead.push({ at, note });
    this.tell();
  }

  /** Another picture has another time. */
  forget() {
    this.ahead = [];
  }

  listen(track) {
    if (track.kind !== "metadata") return;
    // A disabled track tells nothing.
    track.mode = "hidden";
    track.addEventListener("cuechange", () => {
      for (const cue of track.activeCues ?? []) this.add(cue.startTime, cue.value?.data ?? cue.text);
    });
  }

  tell() {
    const now = this.video.currentTime + REACHED_SECONDS;
    const reached = this.ahead.filter(({ at }) => at <= now);
    this.ahead = this.ahead.filter(({ at }) => at > now);
    for (const { note } of reached) this.onNote(note);
  }
}

/** Ours, as {track, revision, talk, event}, of all that a picture may carry; texts end with a zero in ID3. */
export function notesIn(said) {
  const text = typeof said === "string" ? said : said ? new TextDecoder().decode(said) : "";
  return text.split("\0").map(noteIn).filter(Boolean);
}

function noteIn(text) {
  const [from, to] = [text.indexOf("{"), text.lastIndexOf("}")];
  if (from < 0 || to < from) return null;
  try {
    const note = JSON.parse(text.slice(from, to + 1));
    return note.dreamkast === 1 && Number.isInteger(note.track) && Number.isInteger(note.revision) ? note : null;
  } catch {
    return null;
  }
}
