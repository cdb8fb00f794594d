"""One measure as its pages see it: the record at the moment asked for, and what every part of it is drawn from."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property

from django.http import Http404

from tracker.congress import calendar
from tracker.congress.stages import Status, derive_history, is_constitutional_amendment
from tracker.congress.stations import Stop, track
from tracker.ledger.as_of import NotKnownYet, Shown, shown
from tracker.ledger.by_hand import entered_by_hand
from tracker.ledger.derived import sentence_of
from tracker.ledger.filters import ordinal
from tracker.ledger.models import ChangeEvent, Measure
from tracker.pages.clocks import Clock
from tracker.pages.held_votes import with_files
from tracker.pages.kin import Kin, kin_of
from tracker.pages.support import Support, support
from tracker.pages.templatetags.record import plain_day, plain_instant
from tracker.pages.timeline import ActionDay, Vote, action_days, votes
from tracker.records.keys import action_keys
from tracker.records.model import MeasureRecord
from tracker.records.staff import StaffDocument


class Sight:
    """One measure at one moment. What is costly is made once, when a page first asks for it."""

    def __init__(self, measure: Measure, clock: Clock, seen: Shown, today: date) -> None:
        self.measure, self.clock, self.shown, self.today = measure, clock, seen, today
        self.record: MeasureRecord = seen.record
        self.status = seen.status
        self.base = measure.get_absolute_url()

    @classmethod
    def open(cls, measure: Measure, clock: Clock) -> Sight:
        """The measure at this moment. Raises Http404, with a sentence, before it was known or began."""
        try:
            seen = shown(measure, as_of=clock.as_of, on=clock.on)
        except NotKnownYet as unknown:
            raise Http404(_not_yet(measure, unknown.seen_at)) from unknown
        return cls(measure, clock, seen, calendar.today())

    @cached_property
    def by_hand(self) -> StaffDocument | None:
        """What staff say of it beside the record, where they entered it and no official document was in force."""
        return entered_by_hand(self.shown.document)

    @property
    def day(self) -> date:
        """The day from which this page looks back, never later than today: silences are counted to it."""
        return min(self.clock.day(self.today), self.today)

    @cached_property
    def title(self) -> str:
        titles = self.record.titles
        return self.record.title or (titles[0].title if titles else "A measure without a title")

    @cached_property
    def keys(self) -> list[str]:
        return action_keys(self.record.actions)

    @cached_property
    def history(self) -> tuple[Status, ...]:
        """Every status it has had by this moment, oldest first; the last is the one shown."""
        record = self.record
        return derive_history(
            type=record.type,
            title=record.title,
            congress=record.congress,
            actions=record.actions,
            has_law=bool(record.laws),
            introduced_on=record.introduced_on,
            today=self.day,
            text_codes=[version.code for version in record.text_versions if version.code],
        )

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        """The path of its type, and how far it has come on it."""
        record = self.record
        return track(
            record.type,
            self.history,
            congress=record.congress,
            introduced_on=record.introduced_on,
            constitutional_amendment=is_constitutional_amendment(record.type, record.title),
        )

    @cached_property
    def days(self) -> list[ActionDay]:
        """The official actions, those that moved the measure marked."""
        moved = {self.keys[status.action] for status in self.history if status.action is not None}
        return action_days(self.record.actions, self.keys, decisive=moved)

    @cached_property
    def lines(self) -> int:
        """How many distinct things the actions tell."""
        return sum(len(day.lines) for day in self.days)

    @cached_property
    def votes(self) -> list[Vote]:
        """The votes that its actions name, and those that a chamber's file ties to it."""
        return with_files(votes(self.days), self.measure, self.clock)

    @cached_property
    def support(self) -> Support:
        return support(self.record)

    @property
    def sentence(self) -> str:
        """The sentence on its status."""
        return sentence_of(self.record, self.status)

    @cached_property
    def latest_on(self) -> date | None:
        return next((day.day for day in self.days if day.day is not None), None)

    @cached_property
    def kin(self) -> list[Kin]:
        return kin_of(self.measure, self.record, as_of=self.clock.as_of, on=self.clock.on)

    @cached_property
    def changes(self) -> int:
        """How many events of it were known at this moment."""
        events = ChangeEvent.objects.filter(measure=self.measure)
        return (
            events.filter(observed_at__lte=self.clock.as_of).count() if self.clock.as_of else events.count()
        )


def _not_yet(measure: Measure, seen: datetime | date) -> str:
    name = f"{measure.citation} of the {ordinal(measure.congress)} Congress"
    if isinstance(seen, datetime):
        return f"{name} is known here since {plain_instant(seen)}; nothing was known of it at the moment asked for."
    return f"{name} was introduced on {plain_day(seen)}; there was no such measure on the day asked for."
