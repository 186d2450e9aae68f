"""Whether an organizer's file may name the video of a do-not-stream talk: as two people have agreed."""

from collections.abc import Collection

from accounts.models import User
from streaming.enums import Source
from streaming.services.overrides import release_exports
from talks.exports.kept_back import release_by
from talks.models import Talk


@release_by
def release_videos(talks: list[Talk], actor: User | None) -> Collection[int]:
    return release_exports(talks=talks, source="admin" if actor else Source.COMMAND, actor=actor)
