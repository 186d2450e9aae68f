"""A TCP proxy whose connections a test can cut, freeze and let through again."""

import contextlib
import socket
import struct
import threading

CHUNK = 65_536
# With this, closing sends a reset: the peer sees a broken line, not a farewell.
RESET = struct.pack("ii", 1, 0)
Pair = tuple[socket.socket, socket.socket]


class TcpProxy:
    def __init__(self, target_port: int) -> None:
        self._target = ("127.0.0.1", target_port)
        self._pairs: set[Pair] = set()
        self._lock = threading.Lock()
        self._flows = threading.Event()
        self._flows.set()
        self._listener: socket.socket | None = None
        self.port = 0
        self.open()
        self.url = f"http://127.0.0.1:{self.port}"

    def open(self) -> None:
        """Take connections (again), on the same port as before."""
        if self._listener is None:
            self._listener = socket.create_server(("127.0.0.1", self.port), backlog=256)
            self.port = self._listener.getsockname()[1]
            threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def drop(self) -> None:
        """Break every connection there is; new ones are welcome."""
        with self._lock:
            pairs, self._pairs = self._pairs, set()
        for pair in pairs:
            for end in pair:
                with contextlib.suppress(OSError):
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            _wake(pair)

    def cut(self) -> None:
        """Break every connection and take no new one, until `open`."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        self.drop()

    def freeze(self) -> None:
        """Keep the connections and pass nothing on: the silence of a lost network."""
        self._flows.clear()

    def thaw(self) -> None:
        self._flows.set()

    def close(self) -> None:
        self.thaw()
        self.cut()

    @property
    def connections(self) -> int:
        with self._lock:
            return len(self._pairs)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(self._target, timeout=10)
        except OSError:
            near.close()
            return
        far.settimeout(None)
        self._join((near, far))

    def _join(self, pair: Pair) -> None:
        """Carry both directions until one of them ends, then close."""
        with self._lock:
            self._pairs.add(pair)
        back = threading.Thread(target=self._pump, args=(*reversed(pair), pair), daemon=True)
        back.start()
        self._pump(*pair, pair)
        back.join()
        for end in pair:
            end.close()

    def _pump(self, source: socket.socket, sink: socket.socket, pair: Pair) -> None:
        with contextlib.suppress(OSError):
            while (chunk := source.recv(CHUNK)) and self._may_pass(pair):
                sink.sendall(chunk)
        with self._lock:
            self._pairs.discard(pair)
        _wake(pair)

    def _may_pass(self, pair: Pair) -> bool:
        while not self._flows.wait(0.05):
            if pair not in self._pairs:
                return False
        return True


def _wake(pair: Pair) -> None:
    """The thread that reads from an end sees it end; nothing is said to the peer yet."""
    for end in pair:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RD)
