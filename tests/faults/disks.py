"""A disk of a chosen size, which can be filled up and given room again."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOM = 100_000  # kilobytes: more than any of these tests needs


class Disk:
    """A file system in memory at `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def size(self, kilobytes: int) -> None:
        """Be of this size from now on, or as large as what lies on it, where that is more."""
        holds = os.statvfs(self.folder)
        held = (holds.f_blocks - holds.f_bfree) * holds.f_frsize // 1024
        _run("mount", "-o", f"remount,size={max(kilobytes, held)}k", str(self.folder))

    def fill(self) -> None:
        """Have no room for one more byte."""
        self.size(0)

    def read_only(self, is_so: bool) -> None:
        _run("mount", "-o", f"remount,{'ro' if is_so else 'rw'}", str(self.folder))


@contextmanager
def disk(folder: Path, kilobytes: int = ROOM) -> Iterator[Disk]:
    """A disk of its own at `folder`. Skips the test where this account may mount none."""
    folder.mkdir()
    try:
        _run("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("mounts a small tmpfs: Linux, and root, are needed")
    try:
        yield Disk(folder)
    finally:
        _run("umount", "--lazy", str(folder))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
