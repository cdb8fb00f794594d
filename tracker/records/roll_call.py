"""A recorded vote as its chamber published it, and what the two readers share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

from tracker.congress.calendar import WASHINGTON
from tracker.congress.measures import TYPES
from tracker.congress.roll_calls import POSITIONS, Tally, outcome_of, tallies, whole
from tracker.records.model import DocumentRefused
from tracker.records.values import clean

MOST_VOTERS = 2_000  # no chamber has as many; a file that names more is no vote

_HOUSE, _SENATE = "house", "senate"
_LETTERS = re.compile(r"[^a-z]")
_NUMBER = re.compile(r"\d{1,6}", re.ASCII)
_CONGRESSES = range(1, 1000)


class VoterRecord(msgspec.Struct, frozen=True, gc=False):
    """One name of a roll call, in the file's order.

    `id` is a Bioguide id in the House and a LIS id in the Senate; None in files that give none (the House's before 2003).
    `cast` is what the file prints, `position` one of `POSITIONS`; for a candidate `cast` is the candidate's name.
    """

    id: str | None
    name: str
    party: str | None
    state: str | None
    cast: str
    position: str


class TieBreakRecord(msgspec.Struct, frozen=True, gc=False):
    """Who decided a tie, and how."""

    by: str  # "Vice President of the United States"
    cast: str


class MatterRecord(msgspec.Struct, frozen=True, gc=False):
    """What a roll call was about. `measure` and `amendment` are ids of ours; `name` is as the file writes it."""

    name: str
    measure: str | None = None
    amendment: str | None = None
    nomination: str | None = None  # "PN11-2"
    treaty: str | None = None  # "Treaty Doc. 118-1"
    title: str | None = None


class RollCallRecord(msgspec.Struct, frozen=True, gc=False):
    """One roll call. Days and `time` are Washington's; `at` is the same instant in UTC."""

    chamber: str  # house, senate
    congress: int
    session: int
    number: int
    year: int  # of its session, by which the House counts its roll calls
    on: str  # "2025-03-11"
    at: datetime | None
    question: str
    kind: str | None  # as printed: "2/3 YEA-AND-NAY", "RECORDED VOTE"; None in the Senate
    form: str  # vote, election, quorum
    result: str
    threshold: str | None  # 1/2, 2/3, 3/5; None where nothing is passed or rejected by a number
    title: str | None
    matters: tuple[MatterRecord, ...]
    printed: Tally
    printed_by_party: Mapping[str, Tally]  # empty in the Senate, whose files have no such totals
    candidates: Mapping[str, int]  # printed totals of an election
    voters: tuple[VoterRecord, ...]
    tie_break: TieBreakRecord | None = None
    amendment_author: str | None = None
    modified_at: str | None = None  # the file's own date of change, RFC 3339; None in the House
    vacated: bool = False

    @property
    def key(self) -> str:
        """ "119/house/2025/123"."""
        return f"{self.congress}/{self.chamber}/{self.year}/{self.number}"

    @property
    def outcome(self) -> str:
        """One of `OUTCOMES`: the result of an election is the name of who won it."""
        if self.form == "election":
            return "elected" if self.result in self.candidates else "none"
        return outcome_of(self.result) if self.form == "vote" else "none"

    @property
    def by_party(self) -> dict[str, Tally]:
        """Counted from the names."""
        return tallies((voter.party, voter.position) for voter in self.voters)

    @property
    def counted(self) -> Tally:
        """Counted from the names."""
        return whole(self.by_party)


class Mismatch(msgspec.Struct, frozen=True, gc=False):
    """A printed total that the names do not make."""

    what: str  # "yea", "R nay", "Johnson (LA)"
    printed: int
    counted: int

    def __str__(self) -> str:
        return f"{self.what}: {self.printed} printed, {self.counted} counted"


def mismatches(record: RollCallRecord) -> list[Mismatch]:
    """Every printed total that its names do not make; [] for all but faulty files."""
    found = []
    counted, by_party = record.counted, record.by_party
    for name in ("yea", "nay", "present", "not_voting"):
        printed_one = getattr(record.printed, name)
        if record.form != "election" or printed_one:  # elections print who voted for nobody, or leave it out
            found.append(Mismatch(name, printed_one, getattr(counted, name)))
    for party, printed in record.printed_by_party.items():
        for name in ("yea", "nay", "present", "not_voting"):
            made = getattr(by_party.get(party, Tally()), name)
            found.append(Mismatch(f"{party} {name}", getattr(printed, name), made))
    for candidate, printed_total in record.candidates.items():
        made = sum(voter.cast == candidate for voter in record.voters)
        found.append(Mismatch(candidate, printed_total, made))
    return [each for each in found if each.printed != each.counted]


def session_year(congress: int, session: int) -> int:
    """The calendar year of a session: 2025 for the first of the 119th."""
    return 1787 + 2 * congress + session - 1


def measure_named(name: str | None, congress: int) -> str | None:
    """The id of "H J RES 139", "S.Con.Res. 7" or "H.R. 4"; None where that is no measure."""
    words = (name or "").split()
    if len(words) < 2 or not _NUMBER.fullmatch(words[-1]) or not int(words[-1]):
        return None
    kind = _LETTERS.sub("", "".join(words[:-1]).lower())
    return f"{congress}/{kind}/{int(words[-1])}" if kind in TYPES else None


def amendment_named(name: str | None, congress: int) -> str | None:
    """The id of "S.Amdt. 14"; None where that is no amendment of the Senate."""
    words = (name or "").split()
    if len(words) != 2 or _LETTERS.sub("", words[0].lower()) != "samdt" or not _NUMBER.fullmatch(words[1]):
        return None
    return f"{congress}/samdt/{int(words[1])}" if int(words[1]) else None


def whole_number(text: str | None, what: str) -> int:
    """The number that an element has to hold. Raises DocumentRefused, naming the element."""
    found = _NUMBER.fullmatch(text or "")
    if found is None:
        raise DocumentRefused(f"{what}: {(text or '')[:40]!r} is no number")
    return int(found[0])


def count(text: str | None, what: str) -> int:
    """A printed total; a blank one is 0. Raises DocumentRefused for anything else that is no number."""
    return whole_number(text, what) if text else 0


def moment(text: str, *forms: str) -> datetime | None:
    """Washington's wall clock as the sources write it → the instant in UTC; None where it is none of these forms."""
    folded = " ".join(text.split())
    for form in forms:
        try:
            return datetime.strptime(folded, form).replace(tzinfo=WASHINGTON).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None


def checked_identity(congress: int, session: int, number: int) -> None:
    """Raises DocumentRefused for numbers that no roll call has."""
    if congress not in _CONGRESSES or session not in (1, 2, 3) or not 1 <= number <= 99_999:
        raise DocumentRefused(f"congress {congress}, session {session}, number {number}: no such roll call")


def refuse_unlike(record: RollCallRecord, expected: tuple[int, int, int] | None) -> None:
    """Raises DocumentRefused where the file is another vote than (congress, session, number) that was asked for."""
    found = (record.congress, record.session, record.number)
    if expected is not None and found != expected:
        raise DocumentRefused(
            f"is vote {found[2]} of session {found[1]} of the {found[0]}th, not {expected[2]} of {expected[1]} of {expected[0]}"
        )


def refuse_crowd(voters: int) -> None:
    """Raises DocumentRefused where no vote, or more votes than a chamber can cast, are in a file."""
    if not voters:
        raise DocumentRefused("names nobody's vote")
    if voters > MOST_VOTERS:
        raise DocumentRefused(f"names {voters:,} votes, more than a chamber has members")


def text_of(value: str | None) -> str | None:
    """Text as an element has it: white space folded, None for none."""
    folded = " ".join((value or "").split())
    return clean(folded) if folded else None


assert set(POSITIONS) == set(Tally.__slots__)  # a tally has a place for every position
