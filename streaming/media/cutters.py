"""Which cutter cuts what."""

from functools import cache

from streaming.enums import RecordingSource
from streaming.media.cutter import Cutter, LocalCutter
from streaming.media.harvest import HarvestCutter
from streaming.media.ivs_archive import IvsCutter


@cache
def cutter_for(source: str) -> Cutter:
    """The one of this process: making a client takes a second."""
    makers = {RecordingSource.HARVEST: HarvestCutter, RecordingSource.IVS: IvsCutter}
    return makers.get(RecordingSource(source), LocalCutter)()
