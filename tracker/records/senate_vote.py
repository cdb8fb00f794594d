"""The Senate's roll calls (`vote_119_1_00549.xml`): XML → `RollCallRecord`.

Members have LIS ids there, and no Bioguide ids. A tie broken by the Vice President leaves the counts even, and the result
as it was decided. Votes en bloc name several documents.
"""

from __future__ import annotations

from lxml import etree

from tracker.congress.calendar import WASHINGTON
from tracker.congress.people import party_letter
from tracker.congress.roll_calls import Tally, position_of
from tracker.records.model import DocumentRefused
from tracker.records.roll_call import (
    MatterRecord,
    RollCallRecord,
    TieBreakRecord,
    VoterRecord,
    amendment_named,
    checked_identity,
    count,
    measure_named,
    moment,
    refuse_crowd,
    refuse_unlike,
    session_year,
    text_of,
    whole_number,
)
from tracker.records.xml import read_xml

_FORMS = ("%B %d, %Y, %I:%M %p", "%B %d, %Y, %H:%M %p", "%B %d, %Y")
_THRESHOLDS = ("1/2", "2/3", "3/5")
_VACATED = b"This vote was vacated"


def read_senate_vote(body: bytes, expected: tuple[int, int, int] | None = None) -> RollCallRecord:
    """The roll call in these bytes. `expected` is the (congress, session, number) asked for.

    Raises DocumentRefused, in one line, for anything that is not a roll call of the Senate, or is another one.
    """
    root = read_xml(body, root="roll_call_vote")
    congress = whole_number(_text(root, "congress"), "congress")
    session = whole_number(_text(root, "session"), "session")
    number = whole_number(_text(root, "vote_number"), "vote_number")
    checked_identity(congress, session, number)
    at = moment(_text(root, "vote_date") or "", *_FORMS)
    if at is None:
        raise DocumentRefused(f"vote_date: {(_text(root, 'vote_date') or '')[:40]!r} is no day")
    modified = moment(_text(root, "modify_date") or "", *_FORMS)
    voters = tuple(_voters(root.find("members")))
    refuse_crowd(len(voters))
    threshold = _text(root, "majority_requirement")
    record = RollCallRecord(
        chamber="senate",
        congress=congress,
        session=session,
        number=number,
        year=session_year(congress, session),
        on=at.astimezone(WASHINGTON).date().isoformat(),
        at=at,
        question=_text(root, "question") or _text(root, "vote_question_text") or "No question is printed",
        kind=None,
        form="quorum" if _is_quorum(root) else "vote",
        result=_text(root, "vote_result") or "",
        threshold=threshold if threshold in _THRESHOLDS else None,
        title=_text(root, "vote_title") or _text(root, "vote_document_text"),
        matters=tuple(_matters(root, congress)),
        printed=_printed(root.find("count")),
        printed_by_party={},
        candidates={},
        voters=voters,
        tie_break=_tie_break(root.find("tie_breaker")),
        modified_at=modified.strftime("%Y-%m-%dT%H:%M:%SZ") if modified else None,
        vacated=_VACATED in body,
    )
    refuse_unlike(record, expected)
    return record


def _text(node: etree._Element, name: str) -> str | None:
    return text_of(node.findtext(name))


def _is_quorum(root: etree._Element) -> bool:
    return "quorum" in (_text(root, "question") or "").casefold()


def _printed(node: etree._Element | None) -> Tally:
    if node is None:
        raise DocumentRefused("lacks count")
    yea, nay, present, absent = (
        count(_text(node, name), name) for name in ("yeas", "nays", "present", "absent")
    )
    return Tally(yea, nay, present, absent)


def _matters(root: etree._Element, congress: int) -> list[MatterRecord]:
    """What it was about: the documents, en bloc several; where only an amendment is named, what that amends."""
    amendment = root.find("amendment")
    number = None if amendment is None else _text(amendment, "amendment_number")
    found = []
    documents = [
        *root.iterfind("document"),
        *root.iterfind("en_bloc/document"),
        *root.iterfind("en_bloc/matter"),
    ]
    for document in documents:
        matter = _matter(document, congress)
        if matter is not None and matter not in found:
            found.append(matter)
    if amendment is not None and number:
        to = _text(amendment, "amendment_to_document_number")
        purpose = _text(amendment, "amendment_purpose")
        about = found[0].measure if found else measure_named(to, congress)
        name = f"{number} to {found[0].name if found else to}" if found or to else number
        found.insert(0, MatterRecord(name, about, amendment_named(number, congress), title=purpose))
    return found


def _matter(document: etree._Element, congress: int) -> MatterRecord | None:
    kind, number = _text(document, "document_type"), _text(document, "document_number")
    name = _text(document, "document_name") or _text(document, "issue")
    name = name or (f"{kind} {number}" if kind and number else None)
    if name is None:
        return None
    written = _text(document, "document_congress")
    of = (
        int(written) if written and written.isascii() and written.isdigit() and len(written) < 4 else congress
    )
    spoken = f"{kind} {number}" if kind and number else name
    bare = name.replace(" ", "")
    return MatterRecord(
        name,
        measure=measure_named(spoken, of or congress),
        nomination=bare if bare.startswith("PN") else None,
        treaty=name if name.casefold().startswith("treaty") else None,
        title=_text(document, "document_title") or _text(document, "document_short_title"),
    )


def _tie_break(node: etree._Element | None) -> TieBreakRecord | None:
    by, cast = (None, None) if node is None else (_text(node, "by_whom"), _text(node, "tie_breaker_vote"))
    return TieBreakRecord(by, cast) if by and cast else None


def _voters(members: etree._Element | None) -> list[VoterRecord]:
    if members is None:
        raise DocumentRefused("lacks members")
    found = []
    for member in members.iterfind("member"):
        cast = _text(member, "vote_cast")
        first, last = _text(member, "first_name"), _text(member, "last_name")
        name = f"{first} {last}" if first and last else last or _text(member, "member_full")
        if cast is None or name is None:
            raise DocumentRefused("a member lacks the name or the vote")
        found.append(
            VoterRecord(
                _text(member, "lis_member_id"),
                name,
                party_letter(_text(member, "party")),
                _text(member, "state"),
                cast,
                position_of(cast),
            )
        )
    return found
