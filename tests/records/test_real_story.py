"""The paragraph of every measure of the data set: each day, name, number and proof in it is found in the record again.

What a paragraph says is looked for in the record by means of its own (the record's JSON, its words, counts made anew), not by
the rules that made it.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from datetime import date, datetime, timedelta

import msgspec
import pytest

from tests.congress.test_real_statuses import TODAY, records, status_of
from tests.replay import data_folder
from tracker.congress.calendar import last_day
from tracker.congress.language import Proof, Sentence, Span, plain
from tracker.congress.stages import PENDING, Status
from tracker.records.keys import action_keys
from tracker.records.model import ActionRecord, MeasureRecord
from tracker.records.on_day import on_day
from tracker.records.story import story
from tracker.records.telling import Known

pytestmark = pytest.mark.real_data

_WRITTEN_DAY = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}\b"
)
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)")
_SMALL = {
    word: n
    for n, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
}
_PARTIES = {"Democrat": "D", "Republican": "R", "independent": "I", "Libertarian": "L"}


@pytest.fixture(scope="module")
def everything() -> list[MeasureRecord]:
    return [r for folder in ("congress-119", "congress-118", "families") for r in records(folder)]


@pytest.fixture(scope="module")
def totals() -> dict[str, tuple[int, int]]:
    """Votes for and against of each roll call of the 119th, from the chambers' files; by the vote's key."""
    found = {}
    with zipfile.ZipFile(data_folder() / "congress-119" / "roll-calls-119.zip") as packed:
        for name in packed.namelist():
            text = packed.read(name).decode("utf-8", "replace")
            if house := re.fullmatch(r".*house/(\d{4})/roll(\d+)\.xml", name):
                yea, nay = (
                    re.search(rf"<totals-by-vote>.*?<{side}-total>(\d+)<", text, re.S)
                    for side in ("yea", "nay")
                )
                key = f"119/house/{house[1]}/{int(house[2])}"
            elif senate := re.fullmatch(r".*vote_119_(\d)_(\d+)\.xml", name):
                yea, nay = (re.search(rf"<{side}>(\d+)</{side}>", text) for side in ("yeas", "nays"))
                key = f"119/senate/{2024 + int(senate[1])}/{int(senate[2])}"
            else:
                continue
            if yea and nay:
                found[key] = int(yea[1]), int(nay[1])
    return found


def told(record: MeasureRecord, day: date) -> tuple[Status, tuple[Sentence, ...]]:
    status = status_of(record, today=day)
    return status, story(record, status, Known(day, polled=True))


def test_every_day_name_and_number_of_every_paragraph_is_in_its_record(
    everything: list[MeasureRecord], totals: dict[str, tuple[int, int]]
) -> None:
    kinds: Counter[str] = Counter()
    for record in everything:
        status, sentences = told(record, TODAY)
        for sentence in sentences:
            _check(record, status, sentence, totals, kinds)
    assert len(everything) > 14_500
    assert kinds["vote"] > 300 and kinds["member"] > 15_000 and kinds["action"] > 14_000, kinds


def test_a_paragraph_of_an_earlier_day_says_nothing_of_later(everything: list[MeasureRecord]) -> None:
    day = date(2025, 9, 1)
    for record in everything:
        if record.congress == 119 and (record.introduced_on or "9") <= day.isoformat():
            for sentence in told(on_day(record, day), day)[1]:
                assert all(span.day is None or span.day <= day for span in sentence), record.id


def test_no_paragraph_is_empty_long_or_badly_set(everything: list[MeasureRecord]) -> None:
    for record in everything:
        _, sentences = told(record, TODAY)
        words = " ".join(map(plain, sentences))
        assert 40 < len(words) < 1_200, words
        assert not re.search(r"  | [,.;:]|\.\.|,,|None|[{}<>]|\bthe the\b|\(\)", words), words
        assert all(re.fullmatch(r"[A-Z].*\.", plain(sentence)) for sentence in sentences), words
        assert len(set(map(plain, sentences))) == len(sentences), words


def test_silence_is_said_of_all_that_is_silent_and_of_nothing_else(everything: list[MeasureRecord]) -> None:
    said = 0
    for record in everything:
        status, sentences = told(record, TODAY)
        quiet = [sentence for sentence in sentences if "othing has happened since" in plain(sentence)]
        done = (record.actions, record.text_versions, record.committees, record.amendments)
        days = {found for found in _ISO.findall(msgspec.json.encode(done).decode()) if found > "1900"}
        last = date.fromisoformat(max(days)) if days else None
        if quiet:
            said += 1
            (day,) = (span.day for span in quiet[0] if span.day)
            # an instant after midnight in UTC is of the evening before in Washington
            assert last is not None and day is not None and day <= last <= day + timedelta(days=1), record.id
            assert status.code in PENDING
            names = max((who.withdrawn_on or who.joined_on or "" for who in record.cosponsors), default="")
            assert plain(quiet[0]).startswith("Apart from that") == (names > day.isoformat()), record.id
        elif status.code in PENDING and last is not None:
            assert TODAY - last < timedelta(days=29), record.id
    assert said > 9_000


# How each thing that is said is found again


def _check(
    record: MeasureRecord,
    status: Status,
    sentence: Sentence,
    totals: dict[str, tuple[int, int]],
    kinds: Counter[str],
) -> None:
    where = f"{record.id}: {plain(sentence)}"
    for span in sentence:
        if span.proof is None:
            unproven = span.text.replace(f"{_nth(record.congress)} Congress", "")
            assert not re.search(r"\d", unproven) and span.day is None, where
            continue
        kinds[span.proof.kind] += 1
        written = _WRITTEN_DAY.findall(span.text)
        assert [datetime.strptime(day, "%B %d, %Y").date() for day in written] in ([], [span.day]), where
        if span.day is not None:
            assert span.day.isoformat() in _days(record, span.proof), where
        _FOUND[span.proof.kind](record, span, totals, where)


def _days(record: MeasureRecord, proof: Proof) -> set[str]:
    """The days that the thing a proof names gives, as the source wrote them."""
    match proof.kind:
        case "action":
            return {action.on or "" for action in (_action(record, proof),)}
        case "names":
            return {day for who in record.cosponsors for day in (who.joined_on, who.withdrawn_on) if day}
        case "constitution":
            return {last_day(record.congress).isoformat()}
        case "document":
            return {record.introduced_on or ""}
    part = {"committee": record.committees, "texts": record.text_versions, "amendments": record.amendments}
    days = set(_ISO.findall(msgspec.json.encode(part[proof.kind]).decode()))
    return days | {(date.fromisoformat(day) - timedelta(days=1)).isoformat() for day in days}


def _action(record: MeasureRecord, proof: Proof) -> ActionRecord:
    return record.actions[action_keys(record.actions).index(proof.key)]


def _in_action(record: MeasureRecord, span: Span, totals: dict[str, tuple[int, int]], where: str) -> None:
    assert span.proof is not None
    action = _action(record, span.proof)
    text = " ".join((action.text or "").split()).casefold()
    words = _WRITTEN_DAY.sub("", span.text)
    if several := re.fullmatch(r"(\S+) of its committees", words):
        assert int(_SMALL.get(several[1], several[1])) == len(record.committees), where
    elif tally := re.fullmatch(r"([\d,]+) votes to ([\d,]+)", words):
        assert re.search(rf"\b{tally[1]} ?- ?{tally[2]}\b", text), where
    elif words == "two thirds":
        assert "2/3 required" in text or "objections of the president" in text or "over veto" in text, where
    elif law := re.fullmatch(r"(Public|Private) Law (\d+-\d+)", words):
        assert law[2] in {each.number for each in record.laws} | set(re.findall(r"\d+-\d+", text)), where
    elif " Committee" in words or words.startswith("Committee on"):
        named = set(re.findall(r"\w+", words.casefold())) - {"committee", "on", "the"}
        assert named <= set(re.findall(r"\w+", text)), where
    elif words and words != "the same day":
        assert words.casefold() in text, where


def _member(record: MeasureRecord, span: Span, totals: dict[str, tuple[int, int]], where: str) -> None:
    """A name's words are those of the name in the record, its nickname but left out, and nothing else."""
    assert span.proof is not None
    (name, *_) = (
        who.name or "" for who in (*record.sponsors, *record.cosponsors) if who.member == span.proof.key
    )
    without = re.sub(r"[\"“][^\"”]*[\"”]", "", name)
    assert Counter(re.findall(r"[^\s,]+", span.text)) == Counter(re.findall(r"[^\s,]+", without)), where


def _committee(record: MeasureRecord, span: Span, totals: dict[str, tuple[int, int]], where: str) -> None:
    assert span.proof is not None
    (listed, *_) = (each for each in record.committees if each.code == span.proof.key)
    if span.day is None:
        ignored = {"committee", "on", "the", "house", "senate", "select", "special", "joint", "permanent"}
        one, other = (
            set(re.findall(r"\w+", words.casefold())) - ignored for words in (span.text, listed.name or "")
        )
        assert one == other, where


def _names(record: MeasureRecord, span: Span, totals: dict[str, tuple[int, int]], where: str) -> None:
    """A count of names, made anew."""
    standing = [who for who in record.cosponsors if not who.withdrawn_on]
    words = _WRITTEN_DAY.sub("", span.text)
    if counted := re.fullmatch(r"(\S+) (cosponsors?|others|withdrew|.+)", words):
        number, what = counted.groups()
        if what.startswith("cosponsor"):
            expected = len(standing)
        elif what == "others":
            expected = sum(who.joined_on == record.introduced_on for who in record.cosponsors)
        elif what == "withdrew":
            expected = len(record.cosponsors) - len(standing)
        else:
            expected = sum(who.party == _PARTIES[what.removesuffix("s")] for who in standing)
        assert int(str(_SMALL.get(number, number)).replace(",", "")) == expected, where
    elif words:
        assert words in ("cosponsored", "cosponsor"), where
        assert not standing, where


def _vote(record: MeasureRecord, span: Span, totals: dict[str, tuple[int, int]], where: str) -> None:
    """A tally stands in a line that names the vote, and where the chamber's file is held, in it."""
    assert span.proof is not None
    congress, chamber, _, roll = span.proof.key.split("/")
    yeas, nays = re.findall(r"\d+", span.text)
    lines = [
        each.text or ""
        for each in record.actions
        for vote in each.recorded_votes
        if (str(vote.congress), vote.chamber.casefold(), str(vote.roll)) == (congress, chamber, roll)
    ]
    assert any(re.search(rf"\b{yeas} - {nays}\b", line) for line in lines), where
    if span.proof.key in totals:
        assert totals[span.proof.key] == (int(yeas), int(nays)), where


def _nothing(record: MeasureRecord, span: Span, totals: dict[str, tuple[int, int]], where: str) -> None:
    assert not re.search(r"\d", _WRITTEN_DAY.sub("", span.text)), where


_FOUND = {
    "action": _in_action,
    "member": _member,
    "committee": _committee,
    "names": _names,
    "vote": _vote,
    **dict.fromkeys(("constitution", "document", "texts", "amendments", "polls"), _nothing),
}


def _nth(congress: int) -> str:
    ending = "th" if congress % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(congress % 10, "th")
    return f"{congress}{ending}"
