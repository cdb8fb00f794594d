"""What a check answers, as plain frozen structs: the JSON of the contract is made of these and nothing else."""

from __future__ import annotations

from typing import Any

import msgspec


class Cited(msgspec.Struct, frozen=True):
    """A measure as the article names it. `measure` is its id, or None where it may be more than one; `why` says how it
    was settled, or what stands in the way.
    """

    cited_as: str
    at: tuple[int, int]
    measure: str | None
    sure: bool
    why: str


class Claim(msgspec.Struct, frozen=True):
    """A statement about a measure, and what the record says of it. `quote` is what stands at `at` in the text given."""

    kind: str
    measure: str | None
    quote: str
    at: tuple[int, int]
    verdict: str  # true, false, outgrown, unverifiable
    record: str | None
    evidence: str | None
    note: str | None = None


class Remark(msgspec.Struct, frozen=True):
    """What a reader of the article should know of a measure beside its claims: who is left out, what came after."""

    measure: str
    text: str
    evidence: str


class CheckResult(msgspec.Struct, frozen=True):
    """`date` is the day for which the article was checked; `dated_by` tells where it is from: "given" (with the text),
    "article" (its own dateline), "today".
    """

    date: str
    measures: tuple[Cited, ...]
    claims: tuple[Claim, ...]
    remarks: tuple[Remark, ...] = ()
    dated_by: str = "given"

    def count(self, verdict: str) -> int:
        """How many claims have this verdict."""
        return sum(claim.verdict == verdict for claim in self.claims)

    def as_json(self) -> dict[str, Any]:
        """The JSON of the contract: `date`, `measures`, `claims`."""
        plain: dict[str, Any] = msgspec.to_builtins(
            {"date": self.date, "measures": self.measures, "claims": self.claims}
        )
        return plain
