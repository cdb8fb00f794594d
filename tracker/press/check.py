"""The article check: which measures an article names, and what the official record says of its statements.

result = check("The Senate passed S. 222 on November 20 …", date(2025, 12, 1))
for claim in result.claims: claim.verdict, claim.quote, claim.record, claim.note
"""

from __future__ import annotations

from datetime import date

from tracker.congress import calendar
from tracker.press import holdings
from tracker.press.backing import read_backing
from tracker.press.ballots import read_votes
from tracker.press.citing import Mention, find_mentions
from tracker.press.committees import Panels
from tracker.press.dated import read_dated
from tracker.press.days import dateline, find_days
from tracker.press.dossier import Dossier
from tracker.press.events import read_events
from tracker.press.identify import Identified, Identifier, by_law
from tracker.press.judge import Judge
from tracker.press.numerals import read_numerals
from tracker.press.panels import read_panels
from tracker.press.people import Roster
from tracker.press.persons import read_persons
from tracker.press.plain import Plain
from tracker.press.positions import read_positions
from tracker.press.reading import Reader
from tracker.press.recited import read_recited
from tracker.press.remarks import beside, remarks_on
from tracker.press.result import CheckResult, Cited, Claim
from tracker.press.sentences import Sentence, sentences
from tracker.press.standing import read_standing
from tracker.press.supporters import read_supporters
from tracker.press.voices import read_opinions, read_voices
from tracker.press.words import read_misnamed, read_unborne, read_words

MOST_SIGNS = 1_000_000  # of one article
MOST_CLAIMS = 2_000  # after so many, the rest is not read: no article has as many


class TooLong(ValueError):
    """The text is longer than an article can be; says how long it may be."""


def check(text: str, day: date | None = None) -> CheckResult:
    """Check an article, as of `day`: the day it was published.

    Without a day, the one that the article gives as its own at its head, or else today. Answers every measure named
    and every statement understood, in the order of the text, each with its place in `text` counted in characters. What is
    not understood is left out. Reads the database and changes nothing. Raises TooLong beyond MOST_SIGNS.
    """
    if len(text) > MOST_SIGNS:
        raise TooLong(f"The text has {len(text):,} characters; at most {MOST_SIGNS:,} can be checked.")
    today = calendar.today()
    plain = Plain(text)
    own = dateline(plain.text) if day is None else None
    written_on = day or (own if own and own <= today else None) or today
    if written_on.year < 1789:
        written_on = today
    dated_by = "given" if day else "article" if written_on == own else "today"
    mentions = find_mentions(plain.text)
    cut = list(sentences(plain.text, mentions.spans()))
    identifier = Identifier(plain.text, mentions, cut, written_on)
    congresses = identifier.congresses()
    titled = holdings.by_title(identifier.titles(), congresses)
    laws = holdings.by_law([law.law for law in mentions.laws if law.law])
    ids = [id for named in titled.values() for id in named]
    entries = holdings.held(
        [*identifier.wanted(), *holdings.citations(ids), *holdings.citations(laws.values())]
    )
    settled = identifier.settle(entries, titled)
    first = min((i.mention.start for i in settled), default=len(plain.text))
    settled += by_law([law for law in mentions.laws if law.start < first], laws)
    wanted = dict.fromkeys(i.measure for i in settled if i.measure and i.sure)
    read = holdings.dossiers([entries[id] for id in wanted if id in entries], written_on, today)
    judge = Judge(plain, read, written_on)
    _judge_citations(judge, settled)
    read_misnamed(judge, identifier.misnamed(settled))
    read_unborne(judge, identifier.unborne(settled))
    if read:
        _judge_sentences(judge, cut, settled, mentions.laws, list(read.values()), congresses, mentions.decoys)
    claims = judge.gathered()
    cited = tuple(_cited(plain, i) for i in sorted(settled, key=lambda i: i.mention.start))
    remarks = remarks_on(cited, claims, read, holdings.successors(list(read.values())))
    return CheckResult(written_on.isoformat(), *beside(cited, claims, remarks), remarks, dated_by)


def _judge_citations(judge: Judge, settled: list[Identified]) -> None:
    """A citation whose words name another measure than the one meant is a claim, and false."""
    for i in settled:
        dossier = judge.dossiers.get(i.measure or "")
        if i.wrong is not None and dossier is not None:
            judge.add("citation", dossier, (i.mention.start, i.mention.end), "false", dossier.citation, i.why)


def _judge_sentences(
    judge: Judge,
    cut: list[Sentence],
    settled: list[Identified],
    laws: list[Mention],
    read: list[Dossier],
    congresses: list[int],
    decoys: list[tuple[int, int]],
) -> None:
    plain = judge.plain
    behind = {
        row.member for d in read for rows in (d.now.sponsors, d.now.cosponsors) for row in rows if row.member
    }
    names = Roster(holdings.roster(read, congresses), behind).find(plain.text)
    people = dict.fromkeys(named.person.bioguide for named in names if named.person)
    judge.rolls = holdings.roll_calls([dossier.id for dossier in read], people)
    panels = Panels(holdings.committees()).find(plain.text)
    days = list(find_days(plain.text, judge.day))
    about = {dossier.id: dossier.words for dossier in read}
    sponsored: dict[str, set[str]] = {}
    for dossier in read:
        for row in dossier.sponsors:
            sponsored.setdefault(row.member or "", set()).add(dossier.id)
    reader = Reader(plain.text, cut, settled, names, days, panels, about, decoys, sponsored)
    judge.main = reader.main
    for scene in reader.scenes():
        if len(judge.claims) > MOST_CLAIMS:
            break
        if scene.sentence.headline or not scene.whole.text:
            continue
        before = len(judge.claims)
        read_supporters(judge, scene)
        read_backing(judge, scene)
        read_events(judge, scene)
        read_standing(judge, scene)
        read_votes(judge, scene)
        read_positions(judge, scene)
        read_persons(judge, scene)
        read_words(judge, scene)
        read_numerals(judge, scene, laws)
        read_recited(judge, scene)
        read_dated(judge, scene)
        read_panels(judge, scene)
        read_voices(judge, scene)
        read_opinions(judge, scene, claimed=len(judge.claims) > before)


def _cited(plain: Plain, i: Identified) -> Cited:
    start, end = plain.span(i.mention.start, i.mention.end)
    return Cited(plain.original[start:end], (start, end), i.measure, i.sure, i.why)


__all__ = ["CheckResult", "Cited", "Claim", "TooLong", "check"]
