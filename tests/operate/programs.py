"""The project's programs as an operator starts them: a process of its own, an environment and a folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
KEY = "a key for one test, long enough and of no use elsewhere"
# Nothing of these tests, or of the shell that runs them, may leak into the program.
_OWN = {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE"}


def environment(var: Path, **settings: str) -> dict[str, str]:
    """A clean environment whose data lie in `var`; no source but a closed port of this machine can be asked."""
    sources = ("GOVINFO_URL", "CONGRESS_API_URL", "LEGISLATORS_URL", "HOUSE_CLERK_URL", "SENATE_URL")
    nowhere = dict.fromkeys(sources, "http://127.0.0.1:9")
    own = {name: value for name, value in os.environ.items() if name in _OWN}
    return own | nowhere | {"VAR_DIR": str(var)} | settings


def finish(
    *command: str, var: Path, timeout: float = 60, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run `command` to its end."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=CHECKOUT,
        env=environment(var, **settings),
        capture_output=True,
        text=True,
        timeout=timeout,
    )


class Running:
    """`manage.py run` in the background; what it printed is in `said()`. Use it in a `with`."""

    def __init__(self, var: Path, **settings: str) -> None:
        self.var = var
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        var.mkdir(parents=True, exist_ok=True)
        self._output = (var / "output.txt").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "run"],
            cwd=CHECKOUT,
            env=environment(var, PORT=str(self.port), **settings),
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._output.close()

    def said(self) -> str:
        return Path(self._output.name).read_text("utf-8")

    def wait_until_it_answers(self) -> None:
        self.until(lambda: get(f"{self.url}/healthz") == 200, "it answers")

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until it holds; fails with what was said when it never does, or when the program ends first."""
        until(lambda: holds() or self.process.poll() is not None, what, hint=self.said)
        assert holds(), f"it ended before {what}:\n{self.said()}"

    def children(self) -> dict[str, int]:
        """Process ids of web, worker and beat."""
        found = {}
        for pid in _children_of(self.process.pid):
            words = _command_line(pid)
            found["web" if "gunicorn" in words else "worker" if "worker" in words else "beat"] = pid
        return found

    def family(self) -> list[int]:
        """All its descendants."""
        found, ahead = [], [self.process.pid]
        while ahead:
            below = _children_of(ahead.pop())
            found += below
            ahead += below
        return found


def until(
    holds: Callable[[], bool], what: str, *, seconds: float = 45, hint: Callable[[], str] = str
) -> None:
    """Wait until it holds; fails, with `hint`, when it never does."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:.0f} s in vain until {what}\n{hint()}")
        time.sleep(0.05)


def get(url: str) -> int:
    """The status that `url` answers with; 0 where nothing listens."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def alive(pid: int) -> bool:
    """Whether this process still runs (one that has ended and waits to be reaped does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _children_of(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def _command_line(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []
