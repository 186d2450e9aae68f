"""Notes inside a picture: timed metadata of Amazon IVS, which viewers meet with the frame it was put into."""

from functools import cache

from streaming.media.aws import client, folded

# How many calls a second the service takes for one picture and for the whole account.
PER_PICTURE, PER_ACCOUNT = 5, 155


class IvsMetadata:
    def __init__(self) -> None:
        # The caller repeats, and counts its calls: a repeat inside boto3 would be one too many.
        self._ivs = client("ivs", attempts=1)

    def put(self, arn: str, text: str) -> None:
        """Raises NotLive when nobody pushes a picture, else a GatewayError."""
        with folded():
            self._ivs.put_metadata(channelArn=arn, metadata=text)


@cache
def ivs_metadata() -> IvsMetadata:
    """The one of this process."""
    return IvsMetadata()
