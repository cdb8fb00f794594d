"""The replayed public sources, as a subprocess on a free port: GovInfo, Congress.gov and the rest from real files.

The data are in the folder that WHEREAS_DATA names, the tool in `tools` beside that folder. Tests that ask for them are
skipped, and say so, where it is not set: they take a quarter of an hour, the rest of the suite a few minutes.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("WHEREAS_DATA", "")).resolve() if os.environ.get("WHEREAS_DATA") else None
TOOL = (DATA or CHECKOUT).parent / "tools" / "replay_congress.py"

#: The folders of the data set, by the name that tests use for them.
FOLDERS = ("congress-119", "congress-118", "families")


def data_folder() -> Path:
    """The folder of the real data set. Skips the test where none is named."""
    if DATA is None:
        pytest.skip("reads the full public data set: set WHEREAS_DATA to its folder")
    if not (DATA / "congress-119").is_dir():
        raise RuntimeError(f"WHEREAS_DATA={str(DATA)!r}: there is no folder congress-119 in it")
    return DATA


class Replay:
    """A running replay server. `url` is the address of every source; use it in a `with`, or `stop()` it."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process, self.url = process, url

    @classmethod
    def start(
        cls, folders: Sequence[str | Path] = ("congress-119",), clock: str | None = None, *options: str
    ) -> Replay:
        """Serve `folders` (names below the data set, or paths), at the replayed time `clock` (None: all visible).

        `options` go to the tool as they are ("--rate-limit", "50"). Skips the test where tool or data are missing.
        """
        if not TOOL.is_file():
            pytest.skip(f"the replay tool is not beside the data ({TOOL.name})")
        data = data_folder()
        command = [sys.executable, str(TOOL), "--port", "0", *options]
        command += ["--clock", clock] if clock else []
        command += ["--data", *(str(data / folder) for folder in folders)]  # a path stays what it is
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        said = process.stdout.readline()  # "replaying 11448 measures on http://127.0.0.1:40123"
        found = re.search(r"http://\S+", said)
        if not found:
            process.kill()
            process.wait()
            raise RuntimeError(f"the replay server did not start: {said!r}")
        return cls(process, found[0])

    def __enter__(self) -> Replay:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the server. Safe to call twice."""
        self.process.kill()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()

    def truth(self) -> dict[str, Any]:
        """What a complete tracker holds now."""
        return self._ask("truth")

    def stats(self) -> dict[str, int]:
        """Requests served so far: requests, file, listing, zip, api, faults, bytes, quota (missing where none)."""
        return self._ask("stats")

    def faults(self, *faults: dict[str, Any]) -> None:
        """Replace the faults in force by these; none clears them. The tool's docstring has every kind."""
        self._ask("faults", json.dumps(faults).encode())

    def clock(self, to: str | None = None) -> str:
        """The replayed time, set to `to` (ISO 8601, UTC) first where that is given."""
        now = self._ask(f"clock?to={to}", b"") if to else self._ask("clock")
        return str(now["now"])

    def _ask(self, what: str, body: bytes | None = None) -> Any:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(
            urllib.request.Request(f"{self.url}/_replay/{what}", data=body), timeout=60
        ) as answer:
            return json.load(answer)
