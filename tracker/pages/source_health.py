"""How the sources are, in plain words: one line a source, and the sentence that sums them up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from tracker.congress.numbers import number_word
from tracker.ledger.filters import either
from tracker.ledger.models import Source
from tracker.pages.spans import lag_words
from tracker.pages.templatetags.record import plain_instant

NAMES = {
    "govinfo": "GovInfo",
    "congress.gov": "the Congress.gov API",
    "legislators": "the lists of members and committees",
    "house-clerk": "the Clerk of the House",
    "senate": "the Senate",
}
GIVES = {
    "govinfo": "Every measure: its status, actions, names, titles, summaries, texts",
    "congress.gov": "What GovInfo lacks or is late with; needs a key",
    "legislators": "Sitting members, committees and their seats; from the unitedstates project",
    "house-clerk": "The House’s roll calls, with how each member voted",
    "senate": "The Senate’s votes, with how each senator voted",
}
_HOUR = timedelta(hours=1)


class State(Enum):
    """How a source is. The sign stands beside the word, so that a column can be scanned without colour."""

    ANSWERS = ("✓", "Answers")
    FAILS = ("✗", "Does not answer")
    RESTS = ("✗", "Rests after failures")
    SILENT = ("–", "Not asked lately")
    NEVER = ("–", "Not asked yet")
    OFF = ("–", "Not asked: no key is set")

    @property
    def sign(self) -> str:
        return self.value[0]

    @property
    def words(self) -> str:
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Health:
    """One source at one moment."""

    name: str
    gives: str
    state: State
    row: Source | None
    lag: timedelta | None  # since its last answer; None: it never gave one

    @property
    def is_ill(self) -> bool:
        return self.state in (State.FAILS, State.RESTS)

    @property
    def is_resting(self) -> bool:
        return self.state is State.RESTS


def health(name: str, row: Source | None, now: datetime, *, poll: timedelta, off: bool = False) -> Health:
    """How a source is. `poll` is the time between two polls, `off` whether it is not to be asked at all."""
    answered = row.answered_at if row else None
    return Health(
        name=NAMES.get(name, name),
        gives=GIVES.get(name, ""),
        state=_state(row, now, poll, off),
        row=row,
        lag=now - answered if answered else None,
    )


def _state(row: Source | None, now: datetime, poll: timedelta, off: bool) -> State:
    if row is None or row.asked_at is None:
        return State.OFF if off else State.NEVER
    if row.failing_since is not None:
        return State.RESTS if row.rests_until is not None and row.rests_until > now else State.FAILS
    if off:
        return State.OFF
    return State.SILENT if now - row.asked_at > max(2 * poll, _HOUR) else State.ANSWERS


def headline(sources: Sequence[Health]) -> str:
    """The news of the page: who does not answer and since when, or that all do."""
    asked = [source for source in sources if source.state is not State.OFF]
    ill = [source for source in asked if source.is_ill]
    if ill:
        return _of_the_ill(ill, len(asked))
    if all(source.state is State.NEVER for source in asked):
        return "No source has been asked yet"
    silent = [source for source in asked if source.state is State.SILENT]
    if silent:
        last = max(
            (source.row.asked_at for source in silent if source.row and source.row.asked_at), default=None
        )
        who = "No source has" if len(silent) == len(asked) else f"{_names(silent)} {_has(silent)} not"
        return f"{who} been asked since {plain_instant(last)}"
    waiting = [source for source in asked if source.state is State.NEVER]
    if waiting:
        return f"{_names(waiting)} {_has(waiting)} not been asked yet; what was asked answers"
    who = {1: "The source", 2: "Both sources"}.get(len(asked), f"All {number_word(len(asked))} sources")
    longest = max((source.lag for source in asked if source.lag is not None), default=timedelta())
    return f"{who} answered within the last {'hour' if longest <= _HOUR else lag_words(longest)}"


def consequence(sources: Sequence[Health]) -> str:
    """What the state of the sources means for whoever reads these pages."""
    if any(source.is_ill for source in sources):
        return (
            "Pages show what is held, the last record that was read; what was published since may be missing."
        )
    if any(source.state is State.SILENT for source in sources):
        return "Pages show what is held. Nothing new comes while no worker runs."
    if all(source.state in (State.NEVER, State.OFF) for source in sources):
        return "Pages show what is held, which may be the starter record alone."
    return "Every line of these pages is from one of them, kept as it came."


def _of_the_ill(ill: Sequence[Health], asked: int) -> str:
    if len(ill) == 1:
        (source,) = ill
        since = source.row.answered_at or source.row.failing_since if source.row else None
        return f"{_names(ill)} {_has(ill)} not answered since {plain_instant(since)}"
    who = "None" if len(ill) == asked else f"{number_word(len(ill)).capitalize()}"
    return f"{who} of {number_word(asked)} sources {'answers' if who == 'None' else 'do not answer'}"


def _names(sources: Sequence[Health]) -> str:
    names = either([source.name for source in sources], word="and")
    return names[0].upper() + names[1:]


def _has(sources: Sequence[Health]) -> str:
    return "has" if len(sources) == 1 and not sources[0].name.startswith("the lists") else "have"
