"""Many measures at once, for pages that list them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.builders import billstatus, incoming
from tracker.ledger.apply import apply


def several(numbers: Iterable[int], **parts: Any) -> None:
    """Senate resolutions of the 119th, as one poll has brought them in; `parts` as for `billstatus`."""
    apply([incoming(billstatus(number, **parts), number) for number in numbers])
