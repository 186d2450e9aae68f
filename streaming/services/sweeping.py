"""Look at everything in the account that carries our tags, and find what no row of ours knows."""

import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from streaming.enums import GatewayName, Part
from streaming.media.chain import REMOVING, STAYS
from streaming.media.gateway import GatewayError, shared_name
from streaming.media.inventory import AwsInventory, Cloud, Thing
from streaming.models import MediaResource, Stream, Sweep, SweepFinding
from streaming.states import Desired, Observed
from streaming.sweep_rules import Stray, Verdict, verdict

logger = logging.getLogger(__name__)
CLOUD = [GatewayName.IVS, GatewayName.MEDIALIVE]
# Sightings within this time are one: two people who sweep at once are no two sweeps.
APART = timedelta(minutes=1)


@dataclass(frozen=True)
class Books:
    """What the rows know: ids in use, and streams whose tracks want a picture or are on air."""

    ids: frozenset[str]
    wanted: frozenset[str]
    on_air: frozenset[str]
    parts: frozenset[tuple[str, str]]

    def knows(self, thing: Thing) -> bool:
        return thing.external_id in self.ids

    def needs(self, thing: Thing) -> bool:
        """Never what is on air; nor what is wanted and may not have been written down yet."""
        if not thing.owner:
            return bool(self.wanted)
        is_waited_for = thing.owner in self.wanted and (thing.owner, thing.part) not in self.parts
        return thing.owner in self.on_air or is_waited_for


def is_worth_sweeping() -> bool:
    """A site without a cloud has no account to look at."""
    is_default = settings.STREAM_GATEWAY in CLOUD
    return settings.SWEEPER != "off" and (is_default or Stream.objects.filter(gateway__in=CLOUD).exists())


def sweep(*, cloud: Cloud | None = None, may_delete: bool | None = None) -> Sweep:
    """One sweep; what it found stands in SweepFinding. Safe to run twice and beside everything else."""
    run = Sweep.objects.create()
    allowed = settings.SWEEPER == "delete" if may_delete is None else may_delete
    try:
        cloud = cloud or AwsInventory()
        things = cloud.things(settings.ENVIRONMENT, shared_name(settings.ENVIRONMENT))
    except GatewayError as error:
        return _ended(run, error=str(error))
    books = _books()
    strays = [thing for thing in things if thing.part not in STAYS and not books.knows(thing)]
    removed = _judged(cloud, strays, books, allowed)
    _note_gone(strays)
    return _ended(run, ended_at=Now(), things=len(things), strays=len(strays), removed=removed)


def _judged(cloud: Cloud, strays: Iterable[Thing], books: Books, may_delete: bool) -> int:
    removed = 0
    for thing in sorted(strays, key=lambda one: REMOVING.index(one.part)):
        finding = _seen(thing)
        stray = Stray(finding.times, finding.first_seen_at, thing.made_at, books.needs(thing))
        finding.verdict = verdict(stray, timezone.now(), may_delete=may_delete)
        if finding.verdict == Verdict.DELETE:
            removed += _removed(cloud, thing, finding)
        finding.save(update_fields=["verdict", "error"])
        _say(finding)
    return removed


def _seen(thing: Thing) -> SweepFinding:
    """The finding, its sightings counted once a minute at most."""
    facts = {"part": thing.part, "name": thing.name, "owner": thing.owner, "seen": thing.seen}
    own = {"external_id": thing.external_id}
    finding, is_new = SweepFinding.objects.get_or_create(**own, defaults=facts | {"times": 1})
    if not is_new:
        apart = Q(last_seen_at__lt=Now() - APART)
        rows = SweepFinding.objects.filter(**own)
        rows.filter(apart).update(times=F("times") + 1, last_seen_at=Now())
        rows.update(**facts, gone_at=None)
    finding.refresh_from_db()
    return finding


def _removed(cloud: Cloud, thing: Thing, finding: SweepFinding) -> int:
    """1 when the cloud took it; a refusal is told and tried again by the next sweep."""
    finding.error = ""
    try:
        cloud.remove(thing)
    except GatewayError as error:
        finding.error = str(error)
        return 0
    return 1


def _say(finding: SweepFinding) -> None:
    if finding.verdict in {Verdict.REPORT, Verdict.DELETE}:
        logger.warning("left over in the cloud (%s): %s %s", finding.verdict, finding, finding.external_id)


def _note_gone(strays: Iterable[Thing]) -> None:
    there = {thing.external_id for thing in strays}
    SweepFinding.objects.filter(gone_at=None).exclude(external_id__in=there).update(gone_at=Now())


def _ended(run: Sweep, **facts: object) -> Sweep:
    Sweep.objects.filter(pk=run.pk).update(**facts)
    run.refresh_from_db()
    if run.error:
        logger.error("sweep failed: %s", run.error)
    return run


def _books() -> Books:
    rows = MediaResource.objects.exclude(external_id="").select_related("stream")
    streams = Stream.objects.filter(gateway__in=CLOUD)
    wanted = streams.exclude(Q(desired=Desired.ABSENT) & Q(observed__in=[Observed.ABSENT, Observed.UNKNOWN]))
    on_air = streams.filter(track__on_air__talk__isnull=False)
    return Books(
        ids=frozenset(row.external_id for row in rows),
        wanted=_ids(wanted),
        on_air=_ids(on_air),
        parts=frozenset((str(row.stream.public_id), Part(row.part)) for row in rows if row.stream),
    )


def _ids(streams: Iterable[Stream]) -> frozenset[str]:
    return frozenset(str(uuid.UUID(str(stream.public_id))) for stream in streams)
