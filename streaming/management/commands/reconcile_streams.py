from typing import Any

from django.core.management.base import BaseCommand

from streaming.enums import GatewayName
from streaming.models import Stream
from streaming.services.reconcile import due_streams, reconcile


class Command(BaseCommand):
    help = "Take one step for every cloud stream that is due. Safe to run twice and beside the workers."

    def handle(self, *args: Any, **options: Any) -> None:
        # A local picture lives in the process that starts it: one of ours would end with this command.
        streams = Stream.objects.filter(pk__in=due_streams()).exclude(gateway=GatewayName.LOCAL)
        for stream in streams.select_related("track__event"):
            self._drive(stream)

    def _drive(self, stream: Stream) -> None:
        before = stream.observed
        reconcile(stream.pk)
        stream.refresh_from_db(fields=["observed", "error"])
        if stream.observed != before or stream.error:
            line = (
                f"{stream.track.event.slug} {stream.track.name}: {before} -> {stream.observed} {stream.error}"
            )
            self.stdout.write(line.rstrip())
