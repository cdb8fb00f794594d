"""One dies, all stop; told to stop, none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.operate.programs import CHECKOUT, alive, until

SUPERVISE = """
import functools, os, sys
from tracker.operate.supervisor import Supervisor
from tracker.operate import supervisor
supervisor.GRACE = float(sys.argv.pop(1))
boss = Supervisor(functools.partial(print, flush=True), lambda line: print(line, file=sys.stderr))
boss.start({name: [sys.executable, "-c", program] for name, program in zip(sys.argv[1::2], sys.argv[2::2])})
os.write(1, (" ".join(str(child.pid) for child in boss._children.values()) + "\\n").encode())
sys.exit(boss.run())
"""
SLEEPER = "import time; time.sleep(60)"
# Each line is written in one piece, the supervisor's above too: they share one pipe, and Python may be unbuffered.
DEAF = "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.write(1, b'deaf\\n'); time.sleep(60)"
PARENT = (
    "import os, subprocess, sys, time;"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "os.write(1, f'child {child.pid}\\n'.encode()); time.sleep(60)"
)


class Supervised:
    def __init__(self, *, grace: float = 1.5, **programs: str) -> None:
        arguments = [word for pair in programs.items() for word in pair]
        self.process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISE, str(grace), *arguments],
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._early = list[str]()  # what children printed before the supervisor had named them
        while not (said := self._read()).replace(" ", "").strip().isdigit():
            assert said, "it ended before it had named its children"
            self._early.append(said)
        self.children = dict(zip(programs, map(int, said.split()), strict=True))

    def line(self) -> str:
        """The next line that it, or one of its children, prints."""
        return self._early.pop(0) if self._early else self._read()

    def _read(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline()

    def end(self) -> tuple[int, str, str]:
        """Status, and what it said since, once it has ended by itself."""
        said, complained = self.process.communicate(timeout=20)
        return self.process.returncode, said, complained


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_told_to_stop_it_ends_all_with_status_0(asked: signal.Signals) -> None:
    supervised = Supervised(web=SLEEPER, worker=SLEEPER)
    supervised.process.send_signal(asked)
    status, said, complained = supervised.end()
    assert (status, complained) == (0, "")
    assert said == "Stopping …\nStopped.\n"
    assert not any(map(alive, supervised.children.values()))


def test_a_child_that_is_killed_takes_all_down_with_its_reason_and_status_1() -> None:
    supervised = Supervised(web=SLEEPER, worker=SLEEPER, beat=SLEEPER)
    os.kill(supervised.children["worker"], signal.SIGKILL)
    status, _, complained = supervised.end()
    assert status == 1
    assert complained == "The worker process was killed by SIGKILL. Stopping web and beat.\n"
    assert not any(map(alive, supervised.children.values()))


def test_a_child_that_ends_by_itself_takes_all_down_too_even_without_an_error() -> None:
    status, _, complained = Supervised(web=SLEEPER, beat="raise SystemExit(0)").end()
    assert status == 1
    assert complained == "The beat process ended with status 0. Stopping web.\n"


def test_a_child_that_will_not_stop_is_killed_and_named() -> None:
    supervised = Supervised(web=DEAF, worker=SLEEPER)
    assert supervised.line() == "deaf\n"
    supervised.process.send_signal(signal.SIGTERM)
    status, _, complained = supervised.end()
    assert status == 0
    assert (
        complained
        == "The web process was still busy and has been ended; it goes on with its work at the next start.\n"
    )
    assert not any(map(alive, supervised.children.values()))


def test_a_second_ctrl_c_does_not_wait_for_it() -> None:
    supervised = Supervised(grace=3600, web=DEAF)
    assert supervised.line() == "deaf\n"
    supervised.process.send_signal(signal.SIGINT)
    assert supervised.line() == "Stopping …\n"
    supervised.process.send_signal(signal.SIGINT)
    assert supervised.end()[0] == 0


def test_what_a_child_started_is_not_left_behind() -> None:
    supervised = Supervised(web=PARENT)
    grandchild = int(supervised.line().split()[1])
    os.kill(supervised.children["web"], signal.SIGKILL)
    assert supervised.end()[0] == 1
    until(lambda: not alive(grandchild), "the grandchild is gone", seconds=5)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent has died")
def test_children_do_not_outlive_a_supervisor_that_is_killed() -> None:
    supervised = Supervised(web=SLEEPER, worker=SLEEPER)
    supervised.process.kill()
    supervised.process.wait()
    until(lambda: not any(map(alive, supervised.children.values())), "all are gone", seconds=5)


def test_a_child_hears_signals_though_its_supervisor_holds_them_back(tmp_path: Path) -> None:
    mark = tmp_path / "heard"
    program = f"import signal, time, pathlib; signal.signal(signal.SIGTERM, lambda *_: (pathlib.Path({str(mark)!r}).touch(), exit()));print('ready', flush=True); time.sleep(60)"
    supervised = Supervised(web=program)
    assert supervised.line() == "ready\n"
    supervised.process.send_signal(signal.SIGINT)
    assert supervised.end()[0] == 0
    assert mark.exists()
