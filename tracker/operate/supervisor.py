"""Runs a few programs as one: when one dies, all stop; when told to stop, none is left behind."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

GRACE = 10.0  # seconds between asking children to stop and killing them

_WATCHED = (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PR_SET_PDEATHSIG = 1


class Supervisor:
    """Children by name, each in a session of its own, so that a terminal's Ctrl-C reaches this process alone."""

    def __init__(self, say: Callable[[str], None], complain: Callable[[str], None]) -> None:
        self._say = say
        self._complain = complain
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        # From now on the signals wait until `run` takes them, so that none arrives between two of its steps.
        signal.pthread_sigmask(signal.SIG_BLOCK, _WATCHED)

    def start(self, commands: Mapping[str, Sequence[str]], *, cwd: str | None = None) -> None:
        """Start each command as a child of that name."""
        for name, command in commands.items():
            self._children[name] = subprocess.Popen(  # noqa: S603 - commands of ours, no shell
                command, cwd=cwd, start_new_session=True, preexec_fn=_in_child(os.getpid())
            )

    def run(self) -> int:
        """Wait until a child ends or somebody says stop; then end all.

        Returns the exit status: 0 when told to stop, 1 when a child died.
        """
        while True:
            came = signal.sigwait(_WATCHED)
            if came != signal.SIGCHLD:
                self._say("Stopping …")
                self._end_all()
                self._say("Stopped.")
                return 0
            for name, child in self._children.items():
                status = child.poll()
                if status is not None:
                    others = [other for other in self._children if other != name]
                    self._complain(f"The {name} process {ended(status)}. Stopping {' and '.join(others)}.")
                    self._end_all()
                    return 1

    def _end_all(self) -> None:
        """One SIGTERM each, GRACE seconds, then SIGKILL to whatever of their groups is left.

        No second SIGTERM, which would make a Celery worker drop the task it is in. A second Ctrl-C cuts the wait short.
        """
        for child in self._children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + GRACE
        while any(child.poll() is None for child in self._children.values()) and time.monotonic() < deadline:
            if signal.SIGINT in signal.sigpending():
                break
            time.sleep(0.05)
        for name, child in self._children.items():
            if child.poll() is None:
                self._complain(
                    f"The {name} process was still busy and has been ended; it goes on with its work at the next start."
                )
            try:
                os.killpg(child.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue  # nothing of its group is left
            child.wait()


def ended(status: int) -> str:
    """How a process ended, from its return code as `subprocess` gives it.

    >>> ended(-9), ended(2)
    ('was killed by SIGKILL', 'ended with status 2')
    """
    if status < 0:
        try:
            return f"was killed by {signal.Signals(-status).name}"
        except ValueError:
            return f"was killed by signal {-status}"
    return f"ended with status {status}"


def end_with_parent() -> None:
    """On Linux, have this process told to stop when its parent dies, even by SIGKILL. Elsewhere there is no such means."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)


def _in_child(supervisor: int) -> Callable[[], None]:
    """What a child does before it becomes its program: listen to signals again, and live no longer than we do."""

    def prepare() -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _WATCHED)
        end_with_parent()
        if os.getppid() != supervisor:  # it died before the line above took effect
            os._exit(1)

    return prepare
