"""The video of a do-not-stream talk leaves the site in no file, unless the app above lets it through.

Who may do so and how it is logged is streaming's: it says by `release_by` which talks are let through.
"""

from collections.abc import Callable, Collection

from accounts.models import User
from talks.models import Talk

# Given the marked talks and who asks (nobody: the command line), the ids of those let through.
Release = Callable[[list[Talk], User | None], Collection[int]]
_releases: list[Release] = []


def release_by(release: Release) -> Release:
    """For the app above. Usable as a decorator."""
    _releases.append(release)
    return release


def keep_videos_back(talks: list[Talk], *, is_public: bool, actor: User | None) -> None:
    """Take the address off the talks in memory; nothing is saved. Public files never have it."""
    marked = [talk for talk in talks if talk.do_not_stream and talk.video_url]
    let_through: set[int] = set()
    if marked and not is_public:
        let_through.update(*(release(marked, actor) for release in _releases))
    for talk in marked:
        if talk.pk not in let_through:
            talk.video_url = ""
