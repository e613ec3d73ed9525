"""Debian's smtp-sink behind TLS and a login: a server that takes letters as fast as they come and keeps none."""

import os
import shutil
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.mail.authority import Authority

_PATH: Final = f"{os.environ.get('PATH', '')}:/usr/sbin"
_ROOT: Final = Path(__file__).parents[2]


@dataclass
class Sink:
    """Use it in a `with`; it counts by ending itself after one letter more, which comes at the end.

    Args:
        folder: where the certificate lies.
        authority: whom its clients trust.
        letters: how many it takes.
    """

    folder: Path
    authority: Authority
    letters: int
    port: int = field(default=0, init=False)

    def __enter__(self) -> Self:
        self.authority.server()
        self._behind, user = _free_port(), ("-u", "nobody") if os.getuid() == 0 else ()
        count, place = str(self.letters + 1), f"127.0.0.1:{self._behind}"
        self._sink = subprocess.Popen((_smtp_sink(), *user, "-M", count, place, "128"))
        _wait_for(self._behind)
        front = (
            sys.executable,
            "-m",
            "tests.bench.front",
            str(next(self.folder.glob("localhost-*"))),
            str(self._behind),
        )
        self._front = subprocess.Popen(front, cwd=_ROOT, stdout=subprocess.PIPE)
        assert self._front.stdout
        self.port = int(self._front.stdout.readline())
        return self

    def __exit__(self, kind: type[BaseException] | None, it: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self._count()
        finally:
            for one in (self._front, self._sink):
                one.kill()
                one.communicate()

    def _count(self) -> None:
        """Send the one letter more."""
        assert self._sink.poll() is None, "more letters arrived than were sent"
        with socket.create_connection(("127.0.0.1", self._behind)) as line:
            line.sendall(b"HELO x\r\nMAIL FROM:<x@example.com>\r\nRCPT TO:<x@example.com>\r\nDATA\r\n.\r\n")
            assert self._sink.wait(10) == 0, "not every letter arrived"


def _smtp_sink() -> str:
    found = shutil.which("smtp-sink", path=_PATH)
    if found is None:
        raise SystemExit("smtp-sink is missing; on Debian: apt-get install postfix")
    return found


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    for _ in range(1000):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except ConnectionRefusedError:
            threading.Event().wait(0.01)
        else:
            return
    raise SystemExit(f"nothing listens on port {port}")
