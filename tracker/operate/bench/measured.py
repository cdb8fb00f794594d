"""What a program costs: its wall time, its CPU seconds with all its children's, and the most memory it held."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class ProgramFailed(RuntimeError):
    """It ended with another status than 0; the last lines that it said."""


@dataclass(frozen=True, slots=True)
class Cost:
    wall: float  # seconds
    cpu: float  # seconds, user and system
    peak: float  # MB resident


# The system counts what a program held before it became another one, so whoever starts it has to be small.
_SMALL = """
import json, resource, subprocess, sys, time
begun = time.perf_counter()
status = subprocess.call(sys.argv[2:], stdout=open(sys.argv[1], "wb"), stderr=subprocess.STDOUT)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([status, time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


def cost_of(command: Sequence[str], *, cwd: Path, environment: Mapping[str, str], said: Path) -> Cost:
    """Run a Python program to its end, its output into the file `said`. Raises ProgramFailed."""
    small = [sys.executable, "-I", "-S", "-c", _SMALL, str(said), sys.executable, *command]
    measured = subprocess.run(  # noqa: S603 - commands of ours, no shell
        small, cwd=cwd, env=dict(environment), capture_output=True, text=True, check=True
    )
    status, wall, cpu, peak = json.loads(measured.stdout)
    if status:
        last = " / ".join(said.read_text("utf-8", "replace").strip().splitlines()[-3:])
        raise ProgramFailed(f"`{' '.join(command[:3])}` ended with status {status}: {last}")
    kilobytes = peak if sys.platform == "linux" else peak / 1024
    return Cost(wall, cpu, kilobytes / 1024)
