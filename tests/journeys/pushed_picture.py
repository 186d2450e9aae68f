"""Runs beside the site: track A has a picture of Amazon IVS, the others none; how soon a loss was covered."""

from typing import Any

from streaming.enums import GatewayName, Source
from streaming.models import AutomaticSlate, OnAirLog, Stream
from streaming.states import Desired, Observed


def main(arn: str = "") -> Any:
    return _prepare(arn) if arn else _seconds_to_cover()


def _prepare(arn: str) -> None:
    Stream.objects.filter(track__event__slug="demo").update(desired=Desired.READY)
    Stream.objects.filter(track__event__slug="demo", track__name="A").update(
        gateway=GatewayName.IVS, external_id=arn, desired=Desired.RUNNING, observed=Observed.RUNNING
    )


def _seconds_to_cover() -> float:
    """From the service's report to the card."""
    card = OnAirLog.objects.filter(source=Source.HEALTH).order_by("revision").first()
    slate = AutomaticSlate.objects.get(is_automatic=True)
    assert card is not None
    assert slate.lost_since is not None
    return (card.at - slate.lost_since).total_seconds()
