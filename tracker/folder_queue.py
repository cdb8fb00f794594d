"""The embedded queue: a message is a file in a folder, there whole or not at all.

Kombu's own filesystem transport opens a message's file before it has words in it, and a full disk leaves it empty; the worker
that reads one ends. Its table of bindings is a file too, and one cut short by a full disk keeps every later worker from starting.
Here a message is written beside its place and moved there, and bindings are in memory: whoever rings or listens declares them.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

import structlog
from kombu.exceptions import ChannelError
from kombu.transport import filesystem, virtual

log = structlog.get_logger(__name__)


class Channel(filesystem.Channel):
    """Messages of any number of processes on one machine, oldest first; each is taken once."""

    supports_fanout = False  # which alone needs bindings that outlive a process
    _delete = virtual.Channel._delete

    def get_table(self, exchange: str) -> Any:
        return virtual.Channel.get_table(self, exchange)

    # Kombu's two bases disagree on the name of the message.
    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]  # kombu leaves its own untyped
        name = f"{time.time_ns():020}_{uuid.uuid4().hex}.{queue}.msg"
        place = Path(self.data_folder_out, name)
        beside = place.with_suffix(".part")
        try:
            try:
                beside.write_text(json.dumps(payload), encoding="utf-8")
                beside.replace(place)
            finally:
                beside.unlink(missing_ok=True)
        except OSError as error:
            raise ChannelError(f"{place.parent} cannot be written: {error.strerror}") from error

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        """The oldest message of `queue`, taken off. Raises Empty where there is none; does not wait for one."""
        for place in sorted(Path(self.data_folder_in).glob(f"*.{queue}.msg")):
            words = _taken(place)
            if words is None:
                continue
            try:
                return json.loads(words)
            except ValueError:  # a machine that lost power: the sweep rings again
                log.warning("a message that cannot be read was dropped", file=str(place), bytes=len(words))
        raise Empty


def _taken(place: Path) -> bytes | None:
    """The bytes of a message that is this process's from now on; None where another has it."""
    try:
        with place.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(file.fileno()).st_nlink == 0:  # another took it between the two lines above
                return None
            words = file.read()
            place.unlink()
            return words
    except (
        OSError
    ):  # locked, gone, or on a disk that is read-only now, of which whoever rings complains each minute
        return None


class Transport(filesystem.Transport):
    """`filesystem://`, in place of Kombu's."""

    Channel = Channel
