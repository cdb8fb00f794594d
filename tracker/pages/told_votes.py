"""Recorded votes as pages tell them: what was done, how the parties stood, who stands where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tracker.congress.roll_calls import POSITIONS, Tally, vice_president
from tracker.congress.vote_pages import official_page
from tracker.congress.vote_sentences import (
    crossing_sentence,
    headline,
    matter_named,
    need_sentence,
    party_sentences,
    plural,
    printed_measure,
    tie_sentence,
)
from tracker.ledger.models import Measure, Position, RollCall
from tracker.pages.seats import SIGNS, Seats, seats
from tracker.pages.templatetags.record import party_colour


@dataclass(frozen=True, slots=True)
class Group:
    """Seats that stand alike in a vote, drawn: "292 yea", "Jeffries"."""

    label: str
    count: int
    position: str | None  # the value of the filter that leads to its names; None: no single one
    split: tuple[tuple[str, int], ...]  # (party, how many), the largest party first
    drawn: Seats


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A row of the table by party."""

    party: str
    colour: str
    sign: str
    name: str
    tally: Tally


class ToldVote:
    """One roll call in sentences. Whatever is costly is made once, when a page first asks for it."""

    def __init__(self, vote: RollCall) -> None:
        self.vote = vote
        self.matter = matter_named(vote.matters)

    @cached_property
    def headline(self) -> str:
        """ "The House passed H.J.Res. 25"."""
        vote = self.vote
        return headline(
            vote.chamber,
            vote.question,
            vote.result,
            vote.outcome,
            vote.form,
            self.matter,
            len(vote.candidates),
        )

    @property
    def counts(self) -> bool:
        """Whether it is told by votes for and against."""
        return self.vote.form == "vote"

    @property
    def numbers(self) -> str:
        """ "292 to 132"; of an election who had how many votes; of a call of the roll how many answered."""
        vote = self.vote
        if vote.form == "election":
            return ", ".join(f"{name} {count:,}" for name, count in vote.candidates)
        return f"{vote.yea} to {vote.nay}" if self.counts else f"{vote.present} answered"

    @cached_property
    def by_party(self) -> dict[str, Tally]:
        ranked = sorted(self.vote.by_party.items(), key=lambda row: (-sum(row[1].values()), row[0]))
        return {party: Tally(**counts) for party, counts in ranked}

    @cached_property
    def lead(self) -> str:
        """How the parties stood, and what it took; who broke a tie."""
        vote = self.vote
        if not self.counts:
            return ""
        tie = tie_sentence(vote.tie_breaker, vote.tie_cast, vice_president(vote.on))
        need = tie or need_sentence(vote.threshold, self.by_party, vote.outcome)
        return " ".join([*party_sentences(self.by_party), need]).strip()

    @property
    def measure_key(self) -> str | None:
        """The id of the measure it was about."""
        return next((m["measure"] for m in self.vote.matters if m.get("measure")), None)

    @property
    def measure_name(self) -> str:
        return printed_measure(self.measure_key)

    @property
    def title(self) -> str | None:
        """The title of what it was about, in the record's own words."""
        first = self.vote.matters[0] if self.vote.matters else {}
        return (first.get("title") if self.vote.chamber == "senate" else None) or self.vote.title

    @property
    def official_page(self) -> str:
        """Where the chamber itself tells of it."""
        vote = self.vote
        return official_page(vote.chamber, vote.congress, vote.session, vote.year, vote.number)

    @property
    def source_name(self) -> str:
        return "the Clerk of the House" if self.vote.chamber == "house" else "the Senate"

    @cached_property
    def party_rows(self) -> list[PartyRow]:
        return [
            PartyRow(party, colour := party_colour(party), SIGNS[colour], _party_name(party), tally)
            for party, tally in self.by_party.items()
        ]

    @cached_property
    def groups(self) -> list[Group]:
        """Those for, those against and neither; of an election each candidate."""
        if self.vote.form == "election":
            return []  # drawn from the names: `groups_of`
        found = []
        for position in ("yea", "nay") if self.counts else ("present",):
            counts = [(party, getattr(tally, position)) for party, tally in self.by_party.items()]
            found.append(_group(POSITIONS[position].lower(), position, counts))
        rest = ("present", "not_voting", "other") if self.counts else ("not_voting", "yea", "nay", "other")
        neither = [(party, sum(getattr(t, name) for name in rest)) for party, t in self.by_party.items()]
        found.append(
            _group("neither" if self.counts else "not voting", None if self.counts else "not_voting", neither)
        )
        return [group for group in found if group.count]


def groups_of(positions: Sequence[Position]) -> list[Group]:
    """The groups of an election: a candidate each, the most votes first; then who voted for none."""
    found: dict[str, dict[str, int]] = {}
    none: dict[str, int] = {}
    for row in positions:
        of = found.setdefault(row.cast, {}) if row.position == "candidate" else none
        of[row.party or ""] = of.get(row.party or "", 0) + 1
    ranked = sorted(found.items(), key=lambda pair: (-sum(pair[1].values()), pair[0]))
    groups = [_group(name, None, sorted(counts.items())) for name, counts in ranked]
    return [*groups, *([_group("for none", None, sorted(none.items()))] if none else [])]


def _group(label: str, position: str | None, counts: Iterable[tuple[str, int]]) -> Group:
    split = sorted(((party, count) for party, count in counts if count), key=lambda row: (-row[1], row[0]))
    drawn: dict[str, int] = {}
    for party, count in split:
        drawn[party_colour(party)] = drawn.get(party_colour(party), 0) + count
    return Group(label, sum(count for _, count in split), position, tuple(split), seats(list(drawn.items())))


def _party_name(party: str) -> str:
    name = plural(party) if party else "no party given"
    return name[:1].upper() + name[1:]


def crossers(positions: Iterable[Position]) -> tuple[str, list[tuple[str, list[Position]]]]:
    """Who voted against most of their party: a sentence that counts them by party, and the rows by party and state."""
    found: dict[str, list[Position]] = {}
    for row in positions:
        if row.with_party is False:
            found.setdefault(row.party or "", []).append(row)
    ranked = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    by_state = [(party, sorted(rows, key=lambda r: (r.state or "", r.place))) for party, rows in ranked]
    return crossing_sentence({party: len(rows) for party, rows in found.items()}), by_state


def measures_of(votes: Iterable[RollCall]) -> dict[int, Measure]:
    """By row id: the measures held that these votes are about, with what names them. One query."""
    pks = {vote.measure_id for vote in votes if vote.measure_id is not None}
    return Measure.objects.only("congress", "type", "number", "title").in_bulk(pks) if pks else {}


def positions_in_words(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """ "Yea 12", "Not voting 3": how often a member stood where, in the order of `POSITIONS`."""
    return [(POSITIONS[name], counts[name]) for name in POSITIONS if counts.get(name)]
