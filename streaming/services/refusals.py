"""Commands that were not carried out, for the control room's log."""

from django.db import transaction

from streaming.console_live import console_changed
from streaming.enums import Source
from streaming.errors import OnAirRefused
from streaming.models import RefusedCommand
from streaming.orders import Order


def keep_refused(order: Order, refused: OnAirRefused) -> None:
    """Keep it once however often a robot repeats it. The slate tries by itself until it may: no news."""
    if order.source == Source.HEALTH or _is_known(order, refused):
        return
    talk = order.talk if order.talk and order.talk.event_id == order.track.event_id else None
    with transaction.atomic():
        RefusedCommand.objects.create(
            track=order.track,
            command=order.command,
            talk=talk,
            card=order.card,
            code=refused.code,
            expected_revision=order.expected_revision,
            present_revision=refused.on_air.revision,
            actor=order.actor,
            source=order.source,
            idempotency_key=order.key,
            requested_at=order.requested_at,
        )
        console_changed(order.track.event, order.track.pk)


def _is_known(order: Order, refused: OnAirRefused) -> bool:
    last = RefusedCommand.objects.filter(track=order.track).order_by("-pk").first()
    return last is not None and (last.idempotency_key, last.code) == (order.key, refused.code)
