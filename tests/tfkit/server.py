"""A server of one file on this machine, which answers each request as it is told: slowly, in part, or with nonsense."""

from __future__ import annotations

import contextlib
import http.server
import threading
import time
from collections.abc import Iterator


class Server(http.server.ThreadingHTTPServer):
    """Answers the first request in the first of `ways`, and so on; all further ones in the last.

    Ways are names of methods of `Handler`. What was asked for is in `ranges`, one `Range` header or None a request.
    """

    daemon_threads = True

    def __init__(self, content: bytes, *ways: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.content, self.ways = content, list(ways)
        self.ranges: list[str | None] = []
        self.leaving = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/a/file.bin"


class Handler(http.server.BaseHTTPRequestHandler):
    """Each way to answer is a method."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.ranges.append(self.headers["Range"])
        way = self.server.ways[min(len(self.server.ranges), len(self.server.ways)) - 1]
        self.close_connection = True
        with contextlib.suppress(OSError):  # who asked is gone
            getattr(self, way)()

    def begin(self, status: int = 200, length: int | None = None, **headers: str) -> None:
        """Send a status and headers."""
        self.send_response(status)
        if length is not None:
            self.send_header("Content-Length", str(length))
        for name, value in {"Connection": "close", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def wanted(self) -> bytes:
        """Begin as a good server does, and return what is still to be sent."""
        content, asked = self.server.content, self.headers["Range"]
        if asked is None:
            self.begin(length=len(content))
            return content
        start = int(asked.removeprefix("bytes=").removesuffix("-"))
        if start >= len(content):
            self.begin(416, 0, Content_Range=f"bytes */{len(content)}")
            return b""
        rest = content[start:]
        self.begin(206, len(rest), Content_Range=f"bytes {start}-{len(content) - 1}/{len(content)}")
        return rest

    def whole(self) -> None:
        self.wfile.write(self.wanted())

    def slow(self) -> None:
        rest = self.wanted()
        for i in range(0, len(rest), 20_000):
            self.wfile.write(rest[i : i + 20_000])
            self.wfile.flush()
            time.sleep(0.05)

    def half(self) -> None:
        rest = self.wanted()
        self.wfile.write(rest[: len(rest) // 2])

    def stalls(self) -> None:
        rest = self.wanted()
        self.wfile.write(rest[: len(rest) // 2])
        self.wfile.flush()
        self.server.leaving.wait(20)

    def silent(self) -> None:
        self.server.leaving.wait(20)

    def hangs_up(self) -> None:
        """Close the connection without a word."""

    def without_length(self) -> None:
        self.begin()
        self.wfile.write(self.server.content)

    def half_without_length(self) -> None:
        self.begin()
        self.wfile.write(self.server.content[: len(self.server.content) // 2])

    def knows_no_range(self) -> None:
        self.begin(length=len(self.server.content))
        self.wfile.write(self.server.content)

    def half_and_knows_no_range(self) -> None:
        self.begin(length=len(self.server.content))
        self.wfile.write(self.server.content[: len(self.server.content) // 2])

    def another_range(self) -> None:
        self.begin(206, 10, Content_Range=f"bytes 0-9/{len(self.server.content)}")
        self.wfile.write(self.server.content[:10])

    def another_file(self) -> None:
        content = bytes(reversed(self.server.content))
        self.begin(length=len(content))
        self.wfile.write(content)

    def endless(self) -> None:
        self.begin()
        while not self.server.leaving.is_set():
            self.wfile.write(bytes(1 << 16))

    def moved(self) -> None:
        self.begin(302, 0, Location="/elsewhere")

    def not_found(self) -> None:
        self.begin(404, 0)

    def busy(self) -> None:
        self.begin(503, 0)

    def login_page(self) -> None:
        page = b"<html><body>Please log in</body></html>"
        self.begin(length=len(page), Content_Type="text/html; charset=utf-8")
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serving(content: bytes, *ways: str) -> Iterator[Server]:
    """A server that runs while the block does."""
    with Server(content, *ways) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.leaving.set()
            server.shutdown()
            thread.join()
