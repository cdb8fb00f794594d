"""What a key point can be tied to: the clauses of the measure's text where one is held, and its official actions.

A tie travels through a form as one value ("clause|is|p1|<digest>", "action|<key>"); what it stands for is looked up again
when it comes back, so that nothing but what the record holds can be tied to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.desk.rendering import clause_named
from tracker.ledger.models import Action, Measure
from tracker.texts.clauses import Clause, Text, again, clauses_of
from tracker.texts.clauses import clause as clause_of

MOST_CLAUSES = 150  # offered; a bill of a thousand sections is tied by its first
MOST_ACTIONS = 60  # offered, the newest
SUGGESTED = 12  # paragraphs for which a form brings an empty point of its own

_TOP = re.compile(r"(?:[ps]|r\d+-)[A-Za-z0-9.–]+|r\d+")


@dataclass(frozen=True, slots=True)
class Tie:
    """One thing to tie to: its value in a form, our name for it, the record's own words, and its page."""

    value: str
    name: str  # "paragraph 1", "action of Mar 27, 2025"
    words: str  # the record's; empty where they are not held
    url: str
    tied: Mapping[str, Any]  # as a revision keeps it
    changed: str = ""  # a sentence, where the record no longer says what it said when it was tied

    @property
    def option(self) -> str:
        """One line of a menu: the name and the first words."""
        first = self.words if len(self.words) < 70 else f"{self.words[:67].rsplit(' ', 1)[0]} …"
        return f"{self.name}: {first}" if first else self.name


class Ties:
    """What the points of one entry can be tied to. Made once a request; five queries at most."""

    def __init__(self, measure: Measure | None) -> None:
        self.measure = measure
        self.text: Text | None = None if measure is None else clauses_of(measure.pk)
        self._expected = [] if self.text is None else expected(self.text.operative)
        self.clauses: list[Tie] = []
        if self.text is not None:
            offered = [clause for clause in self.text.clauses if _offered(clause)][:MOST_CLAUSES]
            self.clauses = [self._to_clause(clause) for clause in offered]
        actions: Iterable[Action] = (
            () if measure is None else Action.objects.filter(measure=measure).order_by("position")
        )
        self.actions = [self._to_action(action) for action in list(actions)[:MOST_ACTIONS]]
        self._by_value = {tie.value: tie for tie in (*self.clauses, *self.actions)}

    @property
    def expected(self) -> list[Tie]:
        """The clauses of which a reader expects a point each: what is resolved, one level deep."""
        anchors = {clause.anchor for clause in self._expected}
        return [tie for tie in self.clauses if tie.tied["anchor"] in anchors]

    def offers(self, tie: Tie) -> bool:
        """Whether the menus have it."""
        return tie.value in self._by_value

    def chosen(self, value: str, before: Iterable[Any] = ()) -> Any:
        """What a revision keeps for a value of the form: a tie, or None for nothing. `before`: ties that the entry had.

        A value that stands for nothing here comes back as it was given, for `kinds.read` to refuse.
        """
        if not value:
            return None
        if value in self._by_value:
            return dict(self._by_value[value].tied)
        return next((tied for tied in before if tied is not None and value_of(tied) == value), value)

    def of(self, tied: Mapping[str, Any] | None) -> Tie | None:
        """What this tie stands for, with a sentence where the record has moved on; None for no tie."""
        if tied is None:
            return None
        value = value_of(tied)
        if value in self._by_value:
            return self._by_value[value]
        if tied["kind"] == "clause":
            return self._old_clause(value, tied)
        return Tie(value, "official action", "", "", tied, "The record does not list this action any more.")

    def _old_clause(self, value: str, tied: Mapping[str, Any]) -> Tie:
        name = clause_named(tied["anchor"])
        url = f"/measures/{self.measure.key}/text/#{tied['anchor']}" if self.measure is not None else ""
        if self.text is None or self.measure is None:
            return Tie(value, name, "", url, tied)
        now = self.text.clause(tied["anchor"])
        if now is not None and tied.get("digest") in (None, now.digest):
            return Tie(value, name, now.words, url, tied)
        old = clause_of(self.measure.pk, tied["version"], tied["anchor"])
        if old is None or (tied["digest"] and old.digest != tied["digest"]):
            return Tie(value, name, "", url, tied, "The text held now does not have it in these words.")
        moved = again(old, self.text)
        if moved is None:
            return Tie(value, name, old.words, url, tied, f"It is gone from the text “{self.text.name}”.")
        if moved.digest == old.digest:
            return Tie(value, name, old.words, url, tied)
        return Tie(
            value,
            name,
            old.words,
            url,
            tied,
            f"Its words changed since: see {clause_named(moved.anchor)} of the text “{self.text.name}”.",
        )

    def _to_clause(self, clause: Clause) -> Tie:
        assert self.text is not None, "a clause is of a text"
        tied = {
            "kind": "clause",
            "version": self.text.version,
            "anchor": clause.anchor,
            "digest": clause.digest,
        }
        url = f"/measures/{self.text.measure}/text/#{clause.anchor}"
        return Tie(value_of(tied), clause_named(clause.anchor), clause.words, url, tied)

    def _to_action(self, action: Action) -> Tie:
        assert self.measure is not None, "an action is of a measure"
        tied = {"kind": "action", "key": action.key}
        name = f"action of {action.on:%b} {action.on.day}, {action.on.year}" if action.on else "action"
        url = f"/measures/{self.measure.key}/actions/#a-{action.key}"
        return Tie(value_of(tied), name, action.text or "", url, tied)


def value_of(tied: Mapping[str, Any]) -> str:
    """A tie as one value of a form."""
    if tied["kind"] == "clause":
        return "|".join(("clause", tied["version"], tied["anchor"], tied.get("digest") or ""))
    return f"action|{tied['key']}"


def expected(operative: Sequence[Clause]) -> list[Clause]:
    """The clauses that a reader would miss a point of: marked paragraphs and sections one level deep, else what is resolved."""
    top = [clause for clause in operative if not clause.quoted and _TOP.fullmatch(clause.anchor)]
    holders = {
        clause.anchor.split("-")[0] if clause.anchor.startswith("r") else "r1"
        for clause in top
        if not re.fullmatch(r"r\d+", clause.anchor)
    }
    return [clause for clause in top if clause.anchor not in holders]


def _offered(clause: Clause) -> bool:
    return not clause.quoted and clause.anchor.count("-") <= 2
