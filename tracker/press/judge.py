"""The claims of one article as they are gathered: each once, with its place in the text given."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.press.dossier import Dossier, RollCalled
from tracker.press.plain import Plain
from tracker.press.result import Claim
from tracker.press.scene import Line, Measured, Scene

_PART_OF = re.compile(r"X (?:to|of|on|for|in|from) (?:the )?M")

MOST_LOOKS = 2_000  # searches of the texts of measures, for one article
_RECENT = 120  # claims, as many as one sentence can hold

OVER = "The record held ends on {day}; what happened later is not known here."


@dataclass
class Judge:
    """Takes what rules find. `dossiers` are the measures read, by id; others can be cited but not checked."""

    plain: Plain
    dossiers: Mapping[str, Dossier]
    day: date
    main: str | None = None
    rolls: Mapping[str, Sequence[RollCalled]] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    looks: int = 0  # how often the texts of measures were searched
    _known: set[tuple[str, str | None, int, int]] = field(default_factory=set)
    _places: list[tuple[str, int, int]] = field(default_factory=list)

    def add(
        self,
        kind: str,
        dossier: Dossier,
        at: tuple[int, int],
        verdict: str,
        record: str | None,
        note: str | None = None,
        evidence: str | None = None,
    ) -> None:
        """Take a claim that stands at `at` of the plain text; the second of one kind at one place is left out."""
        key = (kind, dossier.id, *at)
        if key in self._known:
            return
        self._known.add(key)
        self._places.append((kind, *at))
        start, end = self.plain.span(*at)
        self.claims.append(
            Claim(
                kind,
                dossier.id,
                self.plain.original[start:end],
                (start, end),
                verdict,
                record,
                evidence or dossier.address,
                note,
            )
        )

    def may_look(self) -> bool:
        """Whether a text may be searched once more: no article says so much of texts, and a made one must not take hours."""
        self.looks += 1
        return self.looks <= MOST_LOOKS

    def has_read(self, kinds: Collection[str], start: int, end: int) -> bool:
        """Whether a claim of one of these kinds was taken that reaches into this stretch of the plain text."""
        return any(
            kind in kinds and first < end and start < last for kind, first, last in self._places[-_RECENT:]
        )

    def gathered(self) -> tuple[Claim, ...]:
        """The claims in the order of the text. Of two of one kind with one outcome, one within the other, the longer."""
        kept: list[Claim] = []
        for claim in sorted(self.claims, key=lambda c: (c.at[0], -c.at[1], c.kind)):
            same = (
                c
                for c in kept[-40:]
                if (c.kind, c.measure, c.verdict) == (claim.kind, claim.measure, claim.verdict)
            )
            if not any(c.at[0] <= claim.at[0] and claim.at[1] <= c.at[1] for c in same):
                kept.append(claim)
        return tuple(kept)

    def missing(self, dossier: Dossier) -> tuple[str, str | None]:
        """The verdict on what the record does not show: false, or unverifiable where the record ends before."""
        if dossier.ends is None:
            return "false", None
        return "unverifiable", OVER.format(day=f"{dossier.ends:%B} {dossier.ends.day}, {dossier.ends.year}")

    def state(self, then: bool, now: bool) -> str:
        """The verdict on a state: so then, so still."""
        return "false" if not then else "true" if now else "outgrown"

    def measure_at(self, scene: Scene, line: Line, place: int, end: int | None = None) -> Dossier | None:
        """The measure that is spoken of at a place of a line: one named up to there, else the one spoken of before.

        None where it is not sure, or where another measure than those checked is spoken of.
        """
        last = max((at for at, _ in line.of("X", 0, end or place)), default=-1)
        if last >= 0 and (part := _PART_OF.match(line.text, last)) is not None:
            last = part.end()  # "an amendment to S. 129" is not S. 129
        before = [(at, t) for at, t in line.of("M", 0, place + 1) if at > last]
        if before:
            return self._of(before[-1][1].value)
        if last >= 0:
            return None
        after = line.of("M", place)
        definite = [t for _, t in after if isinstance(t.value, Measured) and t.value.definite]
        if len(after) == 1 or (
            definite and len({t.value.measure for t in definite if isinstance(t.value, Measured)}) == 1
        ):
            return self._of((definite or [after[0][1]])[0].value)
        if after:
            return None
        return self.dossiers.get(scene.focus or "")

    def _of(self, value: object) -> Dossier | None:
        return self.dossiers.get(value.measure or "") if isinstance(value, Measured) else None


def listed(words: Iterable[str]) -> str:
    """ "A, B and C"."""
    all_of = list(words)
    return " and ".join(filter(None, (", ".join(all_of[:-1]), all_of[-1]))) if all_of else ""


def written(day: date | None) -> str:
    return f"{day:%B} {day.day}, {day.year}" if day else "an unknown day"
