"""Which rooms this process has changed and not yet told of. Any thread marks; the coalescer empties."""

import threading


class DirtyRooms:
    def __init__(self) -> None:
        self._lock, self._rooms = threading.Lock(), set[int]()

    def mark(self, room_id: int) -> None:
        with self._lock:
            self._rooms.add(room_id)

    def take(self) -> set[int]:
        with self._lock:
            taken, self._rooms = self._rooms, set()
        return taken


dirty_rooms = DirtyRooms()
