"""A GovInfo on loopback that serves the texts a test gives it, and the record that lists them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.builders import billstatus, incoming
from tests.sources.loopback import Answer, Asked, Loopback, ok, refusal
from tracker.ledger import health, outside
from tracker.ledger.apply import apply
from tracker.ledger.models import Measure, Source

IS = "Introduced in Senate"


def listing(
    number: int = 145, *versions: tuple[str, str, str], type: str = "sres", congress: int = 119
) -> bytes:
    """A record that lists these versions: (code, name, day)."""
    items = "".join(
        f"<item><type>{name}</type><date>{day}T04:00:00Z</date><formats><item><url>https://www.govinfo.gov/bulkdata/BILLS/"
        f"{congress}/1/{type}/BILLS-{congress}{type}{number}{code}.xml</url></item></formats></item>"
        for code, name, day in versions
    )
    return billstatus(
        number,
        type=type,
        congress=congress,
        extra=f"<textVersions>{items}</textVersions>",
        updated_at=f"2025-04-{len(versions) + 1:02}T10:00:00Z",
    )


@dataclass
class Press:
    """What GovInfo has printed: bodies by package; `zips` are the sessions that it serves as zips."""

    server: Loopback
    texts: dict[str, bytes] = field(default_factory=dict)
    zips: set[int] = field(default_factory=set)
    ill: Answer | None = None

    def __call__(self, asked: Asked) -> Answer:
        if self.ill is not None:
            return self.ill
        name = asked.path.rpartition("/")[2]
        if name.endswith(".zip"):
            session = int(name.split("-")[2])
            return ok(self._zip()) if session in self.zips else refusal("404 Not Found")
        package, _, form = name.rpartition(".")
        body = self.texts.get(package)
        served = body is not None and (form == "xml") == (b"<pre>" not in body)
        return ok(body) if served and body is not None else refusal("404 Not Found")

    @property
    def asked(self) -> list[str]:
        return [each.path.rpartition("/")[2] for each in self.server.asked]

    def _zip(self) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for package, body in self.texts.items():
                made.writestr(f"{package}.xml", body)
        return out.getvalue()


@pytest.fixture
def press(settings) -> Iterator[Press]:
    server = Loopback()
    made = Press(server)
    server.routed(made)
    settings.GOVINFO_URL = server.url
    settings.PACE_SECONDS = 0
    outside.fetcher.cache_clear()
    yield made
    outside.fetcher.cache_clear()
    server.stop()


def record(
    number: int = 145, *versions: tuple[str, str, str], type: str = "sres", congress: int = 119
) -> Measure:
    """The measure, its record listing these versions, as a poll of GovInfo leaves it."""
    health.of(health.GOVINFO)
    Source.objects.filter(name=health.GOVINFO).update(failing_since=None, rests_until=None)
    body = listing(number, *versions, type=type, congress=congress)
    apply([incoming(body, number, type=type, congress=congress)])
    return Measure.objects.keyed(congress, type, number).get()
