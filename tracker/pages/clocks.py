"""Both clocks as an address names them: `?as_of=` (what was known then) and `?on=` (what was officially so that day)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from django.http import QueryDict

from tracker.congress.calendar import WASHINGTON, instant, valid_day
from tracker.ledger.as_of import end_of_day
from tracker.ledger.filters import BadFilter
from tracker.ledger.listing import IGNORED

NAMES = ("as_of", "on")


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment that an address asks for; now where it names none.

    `as_of` is the instant up to which what was known counts, `as_of_day` the day where one was given, whose end it is;
    `on` is Washington's day whose end is shown.
    """

    as_of: datetime | None = None
    as_of_day: date | None = None
    on: date | None = None
    suffix: str = ""  # "?as_of=2025-05-01", for links that stay at this moment

    @property
    def is_now(self) -> bool:
        return self.as_of is None and self.on is None

    def day(self, today: date) -> date:
        """The day in Washington at whose end a page at this moment stands."""
        if self.on is not None:
            return self.on
        return today if self.as_of is None else self.as_of.astimezone(WASHINGTON).date()

    def is_ahead(self, now: datetime, today: date) -> bool:
        """Whether the moment asked for has not come yet."""
        if self.on is not None and self.on > today:
            return True
        return self.as_of is not None and (self.as_of_day or self.as_of.date()) > now.astimezone(UTC).date()


def read_clock(query: QueryDict, also: frozenset[str] = frozenset()) -> Clock:
    """The clock of an address. Raises BadFilter for a value that is no moment, and for any parameter but `also`."""
    only(query, also | set(NAMES))
    asked = {name: text for name in NAMES if (text := _once(query, name))}
    as_of, as_of_day = _moment(asked.get("as_of"))
    return Clock(as_of, as_of_day, _day(asked.get("on")), f"?{urlencode(asked)}" if asked else "")


def _once(query: QueryDict, name: str) -> str:
    given = [text for text in query.getlist(name) if text]
    if len(given) > 1:
        raise BadFilter(name, " ".join(given), "given more than once", "one moment")
    return given[0] if given else ""


def _moment(text: str | None) -> tuple[datetime | None, date | None]:
    if text is None:
        return None, None
    day = valid_day(text)
    if day is not None:
        return end_of_day(day), day
    moment = instant(text.replace(" ", "+"))  # the + of an offset arrives as a space
    if moment is None:
        accepted = "a day as 2025-05-01 (its end in UTC), or an instant as 2025-05-01T12:00:00Z"
        raise BadFilter("as_of", text, "neither a day nor an instant", accepted)
    return moment.astimezone(UTC), None


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    day = valid_day(text)
    if day is None:
        raise BadFilter("on", text, "not a day", "a day as 2025-05-01")
    return day


def only(query: QueryDict, names: frozenset[str] = frozenset()) -> None:
    """Raise BadFilter for any parameter but `names` and what others put on links."""
    for name in query:
        if name not in names and not IGNORED.fullmatch(name):
            accepted = ", ".join(sorted(names)) or "none on this page"
            raise BadFilter(name, query.get(name) or "", "no such parameter", accepted)
