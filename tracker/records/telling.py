"""What a paragraph on a measure is told from: the record, the moment, what lies beside the record, and the language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.congress.language import Language, Proof, Sentence, Span, plain
from tracker.congress.people import formal_name
from tracker.congress.sentences import CommitteeOf, ToldLine
from tracker.congress.stages import PENDING, Status
from tracker.records.model import CosponsorRecord, MeasureRecord, SponsorRecord

NAMES, DOCUMENT = Proof("names"), Proof("document")


@dataclass(frozen=True, slots=True)
class Before:
    """The same measure in another Congress: its id and citation, and whether it died there."""

    measure: str
    citation: str
    congress: int
    died: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What a paragraph needs beside the record and its status.

    `day` is the one at whose end it is told. `source` is official, starter or staff; `settled` whether the record is the
    one in force without doubt, and `polled` whether it is that of the last poll: without, nothing is said of silence, or of polls.
    """

    day: date
    source: str = "official"
    settled: bool = True
    polled: bool = False
    came_back: Before | None = None
    was: Before | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """One record at one moment, in one language; what the rules here and beside are given."""

    record: MeasureRecord
    status: Status
    known: Known
    language: Language
    keys: Sequence[str]
    committees: Sequence[CommitteeOf]

    def line(self, index: int | None) -> ToldLine:
        """An action as a sentence needs it; its votes are those that any action of its day names."""
        if index is None:
            return ToldLine(proof=DOCUMENT)
        action = self.record.actions[index]
        votes = {
            (vote.chamber.casefold(), vote.roll): vote_key(
                vote.chamber, vote.congress, vote.session, vote.roll
            )
            for each in self.record.actions
            if each.on == action.on
            for vote in each.recorded_votes
        }
        return ToldLine(action.text or "", Proof("action", self.keys[index]), votes)

    @property
    def tense(self) -> str:
        """`now` while something more may come, `then` after."""
        return "now" if self.status.code in PENDING else "then"

    def when(self, day: date | None, proof: Proof | None, before: date | None) -> Sentence | None:
        """ "on March 27, 2025", or "the same day" as the one named `before`; None for no day."""
        if day is None:
            return None
        if day == before:
            return (Span(plain(self.language.say("that_day")), proof, day),)
        return self.language.say("on", day=self.language.on(day, proof))

    def person(self, who: SponsorRecord | CosponsorRecord) -> Span:
        """A member by office, name, party and place; proven by the member's page, or else by the document."""
        words = formal_name(who.name, who.party, who.state, who.district) or who.member or ""
        return Span(words, Proof("member", who.member) if who.member else DOCUMENT)


def vote_key(chamber: str, congress: int, session: int, roll: int) -> str:
    """A vote as addresses name it: "119/house/2025/123"."""
    return f"{congress}/{chamber.casefold()}/{1787 + 2 * congress + session - 1}/{roll}"
