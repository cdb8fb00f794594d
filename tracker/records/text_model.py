"""What one published text of a measure says, as frozen structs, and the words that its digests cover."""

from __future__ import annotations

import hashlib
import re

from tracker.records.model import Record

# What printings and formats of one text differ in: it is no difference of the text.
_MARKS = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "—": "-",
        "\u00ad": None,
        "\u200b": None,
        "\ufeff": None,
        "\u00a0": " ",
    }
)
_DASHES = re.compile(r"\s*-{2,}\s*")
_DOUBLED = re.compile(r"''")


class ActionLine(Record, frozen=True):
    """A dated line of the printed head: "March 27, 2025", and what was done. `on` is `YYYY-MM-DD` where the source tells."""

    on: str | None
    day: str | None  # as printed
    words: str


class TextHead(Record, frozen=True):
    """What is printed above the text, as printed; None for what is not."""

    designation: str | None  # "S. RES. 145"
    congress: str | None  # "119th CONGRESS"
    session: str | None  # "1st Session"
    chamber: str | None  # "IN THE SENATE OF THE UNITED STATES"
    kind: str | None  # "RESOLUTION", "A BILL"
    official_title: str | None
    sponsors: str | None  # the action line that names who brought it in
    actions: tuple[ActionLine, ...] = ()


class Clause(Record, frozen=True):
    """One recital, section, paragraph …: what stands under one mark, without the clauses inside it.

    `anchor` is its name within the text and fits an address ("p1" → `#p1`); `level` is its depth, 0 for a recital or a
    section; `digest` is the SHA-256 of the normalised words of heading and text, so equal for a clause that was only
    renumbered or printed anew.
    """

    anchor: str
    kind: str  # recital, resolved (an unmarked one), section, paragraph, …, continuation, title, row
    level: int
    text: str
    digest: str
    mark: str | None = None  # as printed: "(1)", "SEC. 2."
    heading: str | None = None
    quoted: bool = False  # words that it would put into a law or rule

    @property
    def is_recital(self) -> bool:
        return self.anchor.startswith("w")

    @property
    def words(self) -> str:
        """Heading and text in one."""
        return " ".join(part for part in (self.heading, self.text) if part)


class BillText(Record, frozen=True):
    """One published text. `struck` are clauses that a committee proposes to strike: printed, but no part of the text."""

    format: str  # bill-dtd, uslm, plain
    head: TextHead
    resolving: str | None  # "Resolved,"; what stands between the recitals and the clauses
    clauses: tuple[Clause, ...]  # recitals first, in the text's order
    struck: tuple[Clause, ...] = ()

    @property
    def recitals(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if clause.is_recital)

    @property
    def operative(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if not clause.is_recital)


def plain_marks(text: str) -> str:
    """The text with one shape for each kind of quotation mark, apostrophe and dash."""
    return text.translate(_MARKS)


def normalised(text: str) -> str:
    """The words as a digest covers them: one shape of marks, single spaces, case kept.

    >>> normalised("the  Senate’s ``duty''—all")
    'the Senate\\'s "duty"-all'
    """
    text = text.replace("``", '"').translate(_MARKS)
    return " ".join(_DASHES.sub("-", _DOUBLED.sub('"', text)).split())


def digest_of(heading: str | None, text: str) -> str:
    """The SHA-256 (hexadecimal) of a clause's normalised words."""
    words = normalised(f"{heading or ''} {text}")
    return hashlib.sha256(words.encode()).hexdigest()
