"""Where a test may have this process die, to see that nothing is lost by it."""

from __future__ import annotations

import os
import signal
from collections import Counter

from django.conf import settings

_NAME, _, _NTH = os.environ.get("WHEREAS_FAILPOINT", "").partition(":")
_passes: Counter[str] = Counter()


def failpoint(name: str) -> None:
    """Kill this process with SIGKILL at the n-th pass, where DEBUG is on and `WHEREAS_FAILPOINT=name:n` says so."""
    if name != _NAME or not settings.DEBUG:
        return
    _passes[name] += 1
    if _passes[name] == int(_NTH or 1):
        os.kill(os.getpid(), signal.SIGKILL)
