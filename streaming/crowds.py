"""Who watches a track: each person once, and strangers, who can only be told apart by their sockets."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol


class Watcher(Protocol):
    user_id: int | None
    watching: int | None


@dataclass(frozen=True)
class Crowd:
    people: frozenset[int] = frozenset()
    strangers: int = 0

    def __len__(self) -> int:
        return len(self.people) + self.strangers

    def __or__(self, other: "Crowd") -> "Crowd":
        return Crowd(self.people | other.people, self.strangers + other.strangers)


# By the track's id.
Crowds = dict[int, Crowd]


def crowds(sockets: Iterable[Watcher]) -> Crowds:
    """The crowd of each track that a picture of is playing."""
    people: dict[int, set[int]] = {}
    strangers: dict[int, int] = {}
    for socket in sockets:
        if socket.watching is None:
            continue
        if socket.user_id is None:
            strangers[socket.watching] = strangers.get(socket.watching, 0) + 1
        else:
            people.setdefault(socket.watching, set()).add(socket.user_id)
    return {
        track: Crowd(frozenset(people.get(track, ())), strangers.get(track, 0))
        for track in people.keys() | strangers.keys()
    }


def merged(some: Iterable[Crowds]) -> Crowds:
    total: Crowds = {}
    for one in some:
        for track, crowd in one.items():
            total[track] = total.get(track, Crowd()) | crowd
    return total


def everybody(of: Crowds) -> Crowd:
    """Of a whole event: who has two tracks open is one person."""
    return next(iter(merged({0: crowd} for crowd in of.values()).values()), Crowd())


def sizes(of: Crowds) -> dict[int, int]:
    return {track: len(crowd) for track, crowd in of.items()}


def packed(of: Crowds) -> dict[str, Any]:
    """As JSON writes it."""
    return {str(track): [sorted(crowd.people), crowd.strangers] for track, crowd in of.items()}


def unpacked(text: dict[str, Any]) -> Crowds:
    return {int(track): Crowd(frozenset(people), strangers) for track, (people, strangers) in text.items()}
