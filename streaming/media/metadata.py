"""Notes inside a picture: timed metadata of Amazon IVS, which viewers meet with the frame it was put into."""

from streaming.media.aws import NotFound, NotLive, client, folded


class IvsMetadata:
    """A streaming.media.marking.Marker."""

    def __init__(self) -> None:
        # The caller repeats, and counts its calls: a repeat inside boto3 would be one too many.
        self._ivs = client("ivs", attempts=1)

    def put(self, picture: str, text: str) -> bool:
        try:
            with folded():
                self._ivs.put_metadata(channelArn=picture, metadata=text)
        except (NotLive, NotFound):
            return False
        return True
