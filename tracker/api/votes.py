"""`/votes`, one vote, and the votes of one member."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tracker.api import asked
from tracker.api import vote_shapes as shapes
from tracker.api.answers import stamped
from tracker.api.paging import page
from tracker.api.problems import not_found
from tracker.congress.measures import TYPES
from tracker.congress.roll_calls import OUTCOMES, Tally, needed, vice_president, whole
from tracker.congress.vote_pages import official_page
from tracker.congress.vote_sentences import headline, matter_named
from tracker.ledger.listing import SortKey
from tracker.ledger.models import Member, Position, RollCall, measure_key, measure_pk, roll_call_pk
from tracker.ledger.vote_rows import newest_revision
from tracker.records.roll_call import session_year

MEASURE_ID = re.compile(rf"([1-9]\d{{0,2}})/({'|'.join(TYPES)})/([1-9]\d{{0,5}})", re.ASCII)

_CHAMBERS = ("house", "senate")
_SHORT = (
    "chamber",
    "congress",
    "session",
    "year",
    "number",
    "on",
    "at",
    "question",
    "result",
    "outcome",
    "form",
    "title",
    "measure_id",
    "matters",
    "candidates",
    "yea",
    "nay",
    "present",
    "not_voting",
    "vacated",
)
_NEWEST = (SortKey("on", descending=True), SortKey("id", descending=True))
_LATEST = (SortKey("vote_id", descending=True),)


def votes(request: HttpRequest) -> HttpResponse:
    """Recorded votes of both chambers, newest first."""
    asked.only(request, "chamber", "congress", "session", "year", "result", "measure", "cursor", "limit")
    wanted = {
        "chamber": asked.one(request, "chamber", ", ".join(_CHAMBERS), asked.choice(*_CHAMBERS)),
        "congress": asked.one(request, "congress", "a number from 1 to 999", asked.whole(1, 999)),
        "session": asked.one(request, "session", "1, 2 or 3", asked.whole(1, 3)),
        "year": asked.one(request, "year", "a year such as 2025", asked.whole(1789, 2999)),
        "outcome": asked.one(request, "result", ", ".join(OUTCOMES), asked.choice(*OUTCOMES)),
        "measure_id": asked.one(request, "measure", "an id such as 119/hjres/25", _measure),
    }
    rows = RollCall.objects.filter(**{name: value for name, value in wanted.items() if value is not None})

    def build() -> shapes.VoteList:
        found, further = page(request, rows.newest_first(), _SHORT, _NEWEST)
        return shapes.VoteList([shapes.VoteShort(**_short(row)) for row in found], further)

    asked.limit(request)  # a wrong one is told even where the answer is kept
    return stamped(request, [newest_revision()], build)


def _measure(text: str) -> int:
    found = MEASURE_ID.fullmatch(text)
    if found is None:
        raise ValueError("not the id of a measure")
    return measure_pk(int(found[1]), found[2], int(found[3]))


def vote(request: HttpRequest, congress: int, chamber: str, year: int, number: int) -> HttpResponse:
    """One recorded vote with every name, as its chamber published it."""
    asked.only(request)
    pk = _pk(congress, chamber, year, number)
    row = RollCall.objects.select_related("document").defer("document__packed").filter(pk=pk or 0).first()
    if row is None:
        raise not_found(f"{congress}/{chamber}/{year}/{number}: no such vote is held here.")
    return stamped(request, [row.revision], lambda: _whole(row))


def _pk(congress: int, chamber: str, year: int, number: int) -> int | None:
    """The row id; None where no vote can have these numbers."""
    if chamber not in _CHAMBERS or not 1 <= congress <= 999 or not 1 <= number <= 99_999:
        return None
    session = year - session_year(congress, 1) + 1
    return roll_call_pk(congress, session, chamber, number) if session in (1, 2) else None


def member_votes(request: HttpRequest, bioguide: str) -> HttpResponse:
    """How one member stands in every vote held, newest first."""
    asked.only(request, "cursor", "limit")
    known = bioguide.isascii() and bioguide.isalnum() and Member.objects.filter(pk=bioguide).exists()
    if not known:
        raise not_found(f"{bioguide}: no such member is known here.")
    rows = Position.objects.filter(member=bioguide).order_by("-vote")
    columns = ("position", "cast", "with_party", *(f"vote__{name}" for name in _SHORT))

    def build() -> shapes.VotesOfMember:
        found, further = page(request, rows, columns, _LATEST)
        return shapes.VotesOfMember(
            [
                shapes.VoteOfMember(
                    shapes.VoteShort(**_short({name: row[f"vote__{name}"] for name in _SHORT})),
                    row["position"],
                    row["cast"],
                    row["with_party"],
                )
                for row in found
            ],
            further,
        )

    asked.limit(request)
    return stamped(request, [newest_revision()], build)


def _short(row: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of the short form."""
    key = f"{row['congress']}/{row['chamber']}/{row['year']}/{row['number']}"
    plain = ("chamber", "congress", "session", "year", "number", "on", "at", "question", "result", "outcome")
    sentence = headline(
        row["chamber"],
        row["question"],
        row["result"],
        row["outcome"],
        row["form"],
        matter_named(row["matters"]),
        len(row["candidates"]),
    )
    return {name: row[name] for name in plain} | {
        "id": key,
        "sentence": sentence,
        "title": row["title"],
        "measure": None if row["measure_id"] is None else measure_key(row["measure_id"]),
        "totals": shapes.VoteTotals(row["yea"], row["nay"], row["present"], row["not_voting"]),
        "vacated": row["vacated"],
        "url": f"{settings.SITE_URL}/votes/{key}/",
    }


def _whole(row: RollCall) -> shapes.Vote:
    by_party = {party: Tally(**counts) for party, counts in row.by_party.items()}
    ranked = sorted(by_party.items(), key=lambda pair: (-pair[1].all, pair[0]))
    columns = shapes.VotePosition.__struct_fields__
    positions = Position.objects.filter(vote=row).order_by("place")
    of = positions.values_list("member_id", *columns[1:])
    document = row.document
    return shapes.Vote(
        **_short({name: getattr(row, name) for name in _SHORT}),
        kind=row.kind,
        form=cast(shapes.Form, row.form),
        threshold=cast(shapes.Threshold | None, row.threshold),
        needed=needed(row.threshold, whole(by_party)),
        matters=[shapes.VoteMatter(**matter) for matter in row.matters],
        by_party=[
            shapes.PartyTotals(
                yea=tally.yea,
                nay=tally.nay,
                present=tally.present,
                not_voting=tally.not_voting,
                party=party or None,
            )
            for party, tally in ranked
        ],
        candidates=[shapes.CandidateTotal(name, count) for name, count in row.candidates],
        tie_break=_tie_break(row),
        doubt=row.doubt,
        official_url=official_page(row.chamber, row.congress, row.session, row.year, row.number),
        positions=[shapes.VotePosition(*values) for values in of],
        source=shapes.VoteSource(
            document.source, document.url, document.updated_at, document.fetched_at, document.sha256
        ),
    )


def _tie_break(row: RollCall) -> shapes.TieBreak | None:
    if row.tie_breaker is None:
        return None
    name = vice_president(row.on) if row.tie_breaker.startswith("Vice President") else None
    return shapes.TieBreak(row.tie_breaker, name, row.tie_cast or "")
