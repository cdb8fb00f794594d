"""Invented stories around facts of the public data set, each set written and scored before any rule was changed for it.

What is told of them here is how they are read now; docs/CHECK.md gives how each set was read when it was new.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.press.telling_stories import Story, story
from tracker.ledger.apply import apply
from tracker.ledger.incoming import Incoming
from tracker.ledger.models import Document, roll_call_pk
from tracker.ledger.people import take_members
from tracker.ledger.readings import record_of
from tracker.ledger.votes import IncomingVote, take_vote
from tracker.press.check import CheckResult, check
from tracker.records.legislators import read_legislators
from tracker.records.roll_call import session_year

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]

FOLDER = Path(__file__).parent / "real_stories"
NOW = datetime(2026, 5, 30, tzinfo=UTC)
FALSE_ALARMS = 1  # a report's number, told of a rule that the story does not cite
NOT_FOUND = 137  # errors of 728, without the texts of the measures; fewer is better
NOT_UNDERSTOOD = 1_299  # statements of 4,597


@pytest.fixture
def told(real_data: Path) -> list[tuple[Story, CheckResult]]:
    """Every story, and what the check says of it."""
    stories = [story(path) for path in sorted(FOLDER.glob("*.txt"))]
    named = {told.measure for tale in stories for told in (*tale.cited, *tale.told)}
    with (real_data / "legislators-current.yaml").open("rb") as listed:
        take_members(read_legislators(listed.read()), NOW.date(), current=True)
    _hold_measures(real_data, named)
    _hold_votes(real_data)
    return [(tale, check(tale.text, tale.day)) for tale in stories]


def _hold_measures(folder: Path, named: Iterable[str]) -> None:
    for id in sorted(named):
        congress, type, number = id.split("/")
        archive = folder / f"congress-{congress}" / f"BILLSTATUS-{congress}-{type}.zip"
        with zipfile.ZipFile(archive) as held:
            body = held.read(f"BILLSTATUS-{congress}{type}{number}.xml")
        incoming = Incoming(
            int(congress),
            type,
            int(number),
            body,
            "govinfo",
            Document.Format.BILLSTATUS,
            "https://x.test/",
            NOW,
        )
        apply([incoming], now=NOW, today=date(2026, 5, 30), loading=True)


def _hold_votes(folder: Path) -> None:
    """The roll calls that the measures held name, where the data set has them."""
    with zipfile.ZipFile(folder / "congress-119" / "roll-calls-119.zip") as held:
        names = set(held.namelist())
        for document in Document.objects.filter(format=Document.Format.BILLSTATUS):
            record = record_of(document)
            for vote in (vote for action in record.actions for vote in action.recorded_votes):
                if vote.congress != 119 or not (vote.session and vote.roll):
                    continue
                year = session_year(119, vote.session)
                name = (
                    f"house/{year}/roll{vote.roll:03d}.xml"
                    if vote.chamber == "house"
                    else f"senate/vote119{vote.session}/vote_119_{vote.session}_{vote.roll:05d}.xml"
                )
                if name in names:
                    pk = roll_call_pk(119, vote.session, vote.chamber, vote.roll)
                    take_vote(IncomingVote(pk, held.read(name), "clerk", "https://x.test/", NOW))


def test_nothing_right_is_called_wrong_and_most_errors_are_found(told):
    alarms, errors, statements, cited = [], [], [], []
    for tale, result in told:
        wrong = [t for t in tale.told if t.verdict == "false"]
        for claim in result.claims:
            if claim.verdict == "false" and not any(
                t.at[0] < claim.at[1] and claim.at[0] < t.at[1] for t in wrong
            ):
                alarms.append(claim.quote)
        for said in tale.told:
            near = [c for c in result.claims if c.at[0] < said.at[1] and said.at[0] < c.at[1]]
            found = any(
                c.measure == said.measure
                and (c.verdict == said.verdict or {c.verdict, said.verdict} == {"true", "outgrown"})
                for c in near
            )
            if not found:
                (errors if said.verdict == "false" else statements).append(said.quote)
        for mention in tale.cited:
            meant = [m for m in result.measures if m.at[0] < mention.at[1] and mention.at[0] < m.at[1]]
            if [(m.measure, m.sure) for m in meant] != [(mention.measure, True)]:
                cited.append(mention.quote)
    assert len(alarms) <= FALSE_ALARMS, alarms
    assert cited == []
    assert len(errors) <= NOT_FOUND, (len(errors), errors)
    assert len(statements) <= NOT_UNDERSTOOD, len(statements)
