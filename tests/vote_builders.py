"""Roll calls as their chambers publish them, with only what a test is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from tracker.ledger.incoming import Applied
from tracker.ledger.models import Member, roll_call_pk
from tracker.ledger.votes import IncomingVote, take_vote

Vote = tuple[str, str, str, str, str]  # id, name as printed, party, state, words

PARTIES = {"R": "Republican", "D": "Democratic", "I": "Independent"}
DOCTYPE = '<!DOCTYPE rollcall-vote PUBLIC "-//US Congress//DTDs/vote v1.0 20031119 //EN" "http://clerk.house.gov/evs/vote.dtd">'

#: Two of each party in the House; one Republican and one Democrat cross.
HOUSE: tuple[Vote, ...] = (
    ("A000370", "Adams", "D", "NC", "Nay"),
    ("A000055", "Aderholt", "R", "AL", "Yea"),
    ("A000371", "Aguilar", "D", "CA", "Nay"),
    ("A000369", "Amodei (NV)", "R", "NV", "Yea"),
    ("B001292", "Beyer", "D", "VA", "Yea"),
    ("M001184", "Massie", "R", "KY", "Nay"),
    ("S001150", "Schiff", "D", "CA", "Not Voting"),
    ("S001172", "Smith (NE)", "R", "NE", "Yea"),
)
SENATE: tuple[Vote, ...] = (
    ("S354", "Tammy Baldwin", "D", "WI", "Nay"),
    ("S317", "John Barrasso", "R", "WY", "Yea"),
    ("S363", "Angus King", "I", "ME", "Nay"),
    ("S384", "Thom Tillis", "R", "NC", "Yea"),
)

_WORDS = {
    "Yea": "yea",
    "Aye": "yea",
    "Nay": "nay",
    "No": "nay",
    "Present": "present",
    "Not Voting": "not-voting",
}


def house_vote(
    number: int = 123,
    *,
    votes: Sequence[Vote] = HOUSE,
    congress: int = 119,
    session: str = "1st",
    issue: str = "H J RES 25",
    question: str = "On Passage",
    kind: str = "YEA-AND-NAY",
    result: str = "Passed",
    on: str = "11-Mar-2025",
    at: str = "5:51 PM",
    title: str = "A joint resolution of disapproval",
    doctype: str = DOCTYPE,
    totals: str | None = None,
    extra: str = "",
) -> bytes:
    """A roll call of the House whose totals are what the votes make, unless `totals` says otherwise."""
    rows = "".join(
        f"<recorded-vote><legislator name-id={quoteattr(id)} sort-field={quoteattr(name)} party={quoteattr(party)} "
        f'state={quoteattr(state)} role="legislator">{escape(name)}</legislator><vote>{escape(words)}</vote></recorded-vote>'
        for id, name, party, state, words in votes
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}\n<rollcall-vote><vote-metadata>'
        f"<majority>R</majority><congress>{congress}</congress><session>{session}</session>"
        f"<chamber>U.S. House of Representatives</chamber><rollcall-num>{number}</rollcall-num>"
        f"<legis-num>{escape(issue)}</legis-num><vote-question>{escape(question)}</vote-question>{extra}"
        f"<vote-type>{kind}</vote-type><vote-result>{escape(result)}</vote-result><action-date>{on}</action-date>"
        f'<action-time time-etz="17:51">{at}</action-time><vote-desc>{escape(title)}</vote-desc>'
        f"<vote-totals>{_totals(votes) if totals is None else totals}</vote-totals></vote-metadata>"
        f"<vote-data>{rows}</vote-data></rollcall-vote>"
    ).encode()


def _totals(votes: Sequence[Vote]) -> str:
    def counts(of: Sequence[Vote]) -> str:
        found = Counter(_WORDS[vote[4]] for vote in of)
        return "".join(f"<{n}-total>{found[n]}</{n}-total>" for n in ("yea", "nay", "present", "not-voting"))

    parties = "".join(
        f"<totals-by-party><party>{name}</party>{counts([v for v in votes if v[2] == letter])}</totals-by-party>"
        for letter, name in PARTIES.items()
    )
    return f"{parties}<totals-by-vote><total-stub>Totals</total-stub>{counts(votes)}</totals-by-vote>"


def senate_vote(
    number: int = 549,
    *,
    votes: Sequence[Vote] = SENATE,
    congress: int = 119,
    session: int = 1,
    document: tuple[str, str] = ("S.J.Res.", "3"),
    documents: str | None = None,
    amendment: str = "",
    question: str = "On the Joint Resolution",
    result: str = "Joint Resolution Passed",
    threshold: str = "1/2",
    on: str = "March 4, 2025,  06:05 PM",
    modified: str = "March 4, 2025, 06:20 PM",
    title: str = "S.J.Res. 3",
    tie: tuple[str, str] | None = None,
) -> bytes:
    """A vote of the Senate whose counts are what the votes make."""
    counts = Counter(words for *_, words in votes)
    rows = "".join(
        f"<member><member_full>{escape(name)} ({party}-{state})</member_full><last_name>{escape(name.split()[-1])}</last_name>"
        f"<first_name>{escape(' '.join(name.split()[:-1]))}</first_name><party>{party}</party><state>{state}</state>"
        f"<vote_cast>{escape(words)}</vote_cast><lis_member_id>{id}</lis_member_id></member>"
        for id, name, party, state, words in votes
    )
    about = documents or (
        f"<document><document_congress>{congress}</document_congress><document_type>{document[0]}</document_type>"
        f"<document_number>{document[1]}</document_number><document_name>{' '.join(document)}</document_name>"
        "<document_title>A joint resolution</document_title><document_short_title/></document>"
    )
    broken = (
        f"<by_whom>{tie[0]}</by_whom><tie_breaker_vote>{tie[1]}</tie_breaker_vote>"
        if tie
        else "<by_whom/><tie_breaker_vote/>"
    )
    yeas = counts["Yea"] + counts["Guilty"]
    nays = counts["Nay"] + counts["Not Guilty"]
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><roll_call_vote><congress>{congress}</congress><session>{session}</session>"
        f"<congress_year>2025</congress_year><vote_number>{number}</vote_number><vote_date>{on}</vote_date>"
        f"<modify_date>{modified}</modify_date><vote_question_text>{escape(question)}</vote_question_text>"
        f"<vote_document_text>A joint resolution</vote_document_text><vote_result_text>{escape(result)}</vote_result_text>"
        f"<question>{escape(question)}</question><vote_title>{escape(title)}</vote_title>"
        f"<majority_requirement>{threshold}</majority_requirement><vote_result>{escape(result)}</vote_result>{about}"
        f"<amendment><amendment_number>{amendment}</amendment_number><amendment_to_document_number/></amendment>"
        f"<count><yeas>{yeas or ''}</yeas><nays>{nays or ''}</nays><present>{counts['Present'] or ''}</present>"
        f"<absent>{counts['Not Voting'] or ''}</absent></count><tie_breaker>{broken}</tie_breaker>"
        f"<members>{rows}</members></roll_call_vote>"
    ).encode()


def incoming_house(
    body: bytes, number: int = 123, *, at: datetime | None = None, last_modified: str | None = None
) -> IncomingVote:
    """The file as the Clerk sent it. `last_modified` is the header."""
    url = f"https://clerk.house.gov/evs/2025/roll{number:03}.xml"
    at = at or datetime(2025, 3, 12, 12, tzinfo=UTC)
    pk = roll_call_pk(119, 1, "house", number)
    return IncomingVote(pk, body, "house-clerk", url, at, None, last_modified)


def incoming_senate(body: bytes, number: int = 549, *, at: datetime | None = None) -> IncomingVote:
    """The file as the Senate sent it."""
    url = f"https://www.senate.gov/legislative/LIS/roll_call_votes/vote1191/vote_119_1_{number:05}.xml"
    at = at or datetime(2025, 3, 12, 12, tzinfo=UTC)
    return IncomingVote(roll_call_pk(119, 1, "senate", number), body, "senate", url, at)


def hold_house(number: int = 123, **parts: object) -> Applied:
    """Have a roll call of the House held."""
    return take_vote(incoming_house(house_vote(number, **parts), number))


def hold_senate(number: int = 549, **parts: object) -> Applied:
    """Have a vote of the Senate held."""
    return take_vote(incoming_senate(senate_vote(number, **parts), number))


def senators() -> None:
    """The cast of the Senate as the lists of members know it."""
    keys = ("B001230", "B001261", "K000383", "T000476")
    for bioguide, (lis, name, party, state, _) in zip(keys, SENATE, strict=True):
        known = {"chamber": "senate", "party": party, "state": state, "lis": lis, "sitting": True}
        Member.objects.update_or_create(
            bioguide=bioguide, defaults={"name": name, "sort_name": name, "from_list": True, **known}
        )
