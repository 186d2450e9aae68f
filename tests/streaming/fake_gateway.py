"""A cloud in memory, as honest as a real one: it keeps what it was told, and is slow to start and stop."""

from dataclasses import dataclass, field, replace

from streaming.enums import PlaybackKind
from streaming.media.gateway import ABSENT, Look
from streaming.states import Observed

SETTLED = {Observed.STARTING: Observed.RUNNING, Observed.STOPPING: Observed.STOPPED}


@dataclass
class MemoryGateway:
    """`before` and `after`: the next call of a verb fails, before or after the cloud did what was asked.

    `during`: what else happens in the world while the cloud is asked.
    """

    resources: dict[str, Look] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    before: dict[str, Exception] = field(default_factory=dict)
    after: dict[str, Exception] = field(default_factory=dict)
    during: dict[str, object] = field(default_factory=dict)

    def look(self, spec):
        self._enter("look")
        seen = self.resources.get(spec.name, ABSENT)
        if seen.observed in SETTLED:
            self._set(spec, SETTLED[seen.observed])
        return self._leave("look", seen)

    def create(self, spec, journal=None):
        self._enter("create")
        made = self.resources.setdefault(spec.name, self._made(spec))
        return self._leave("create", made)

    def start(self, spec, journal=None):
        self._enter("start")
        return self._leave("start", self._set(spec, Observed.STARTING))

    def stop(self, spec, journal=None):
        self._enter("stop")
        return self._leave("stop", self._set(spec, Observed.STOPPING))

    def delete(self, spec, journal=None):
        self._enter("delete")
        del self.resources[spec.name]
        return self._leave("delete", ABSENT)

    def _made(self, spec):
        return Look(
            observed=Observed.STOPPED,
            external_id=f"cloud:{spec.name}",
            playback_kind=PlaybackKind.HLS,
            playback_url=f"https://play.example/{spec.name}.m3u8",
            is_low_latency=True,
            ingest_url="rtmps://in.example:443/app/",
            stream_key="sk_1",
        )

    def _set(self, spec, observed):
        self.resources[spec.name] = replace(self.resources[spec.name], observed=observed)
        return self.resources[spec.name]

    def _enter(self, verb):
        self.calls.append(verb)
        if verb in self.during:
            self.during.pop(verb)()
        if verb in self.before:
            raise self.before.pop(verb)

    def _leave(self, verb, answer):
        if verb in self.after:
            raise self.after.pop(verb)
        return answer
