"""Documents as sources send them, with only what a test is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from tracker.ledger.apply import apply
from tracker.ledger.incoming import Applied, Incoming
from tracker.ledger.models import Document, Measure

#: A cast of five, (Bioguide id, name as records write it, party, state).
TILLIS = ("T000476", "Sen. Tillis, Thomas [R-NC]", "R", "NC")
SHAHEEN = ("S001181", "Sen. Shaheen, Jeanne [D-NH]", "D", "NH")
COONS = ("C001088", "Sen. Coons, Christopher A. [D-DE]", "D", "DE")
CRUZ = ("C001098", "Sen. Cruz, Ted [R-TX]", "R", "TX")
KING = ("K000383", "Sen. King, Angus S., Jr. [I-ME]", "I", "ME")

Person = tuple[str, str, str, str]

INTRODUCED = ("2025-03-27", "Introduced in Senate", "10000")
REFERRED = ("2025-03-27", "Referred to the Committee on Foreign Relations.", None)
AGREED = (
    "2025-06-02",
    "Passed/agreed to in Senate: Resolution agreed to in Senate by Unanimous Consent.",
    "17000",
)


def billstatus(
    number: int = 145,
    *,
    congress: int = 119,
    type: str = "sres",
    title: str = "A resolution protecting refugees.",
    updated_at: str = "2025-03-28T10:00:00Z",
    introduced_on: str = "2025-03-27",
    actions: Sequence[tuple[str, str, str | None]] = (REFERRED, INTRODUCED),
    cosponsors: Sequence[tuple[Person, str] | tuple[Person, str, str]] = (),
    committees: Sequence[tuple[str, str]] = (("ssfr00", "Foreign Relations Committee"),),
    subjects: Sequence[str] = (),
    extra: str = "",
) -> bytes:
    """A BILLSTATUS 3.0.0 file. Actions are (day, words, code), newest first; cosponsors (person, joined[, withdrawn])."""
    rows = "".join(
        f"<item><actionDate>{day}</actionDate><text>{escape(words)}</text><type>IntroReferral</type>"
        + (f"<actionCode>{code}</actionCode>" if code else "")
        + f"<sourceSystem><name>{'Library of Congress' if code else 'Senate'}</name></sourceSystem></item>"
        for day, words, code in actions
    )
    names = "".join(_cosponsor(*row) for row in cosponsors)
    places = "".join(
        f"<item><systemCode>{code}</systemCode><name>{escape(name)}</name><chamber>Senate</chamber><type>Standing</type>"
        "<activities><item><name>Referred To</name><date>2025-03-27T16:35:22Z</date></item></activities></item>"
        for code, name in committees
    )
    terms = "".join(f"<item><name>{escape(name)}</name></item>" for name in subjects)
    return (
        f"<billStatus><version>3.0.0</version><bill><number>{number}</number><updateDate>{updated_at}</updateDate>"
        f"<updateDateIncludingText>{updated_at}</updateDateIncludingText><originChamber>Senate</originChamber>"
        f"<originChamberCode>S</originChamberCode><type>{type.upper()}</type><introducedDate>{introduced_on}</introducedDate>"
        f"<congress>{congress}</congress><committees>{places}</committees><actions>{rows}</actions>"
        f"<sponsors><item>{_person(TILLIS)}<isByRequest>N</isByRequest></item></sponsors><cosponsors>{names}</cosponsors>"
        f"<subjects><legislativeSubjects>{terms}</legislativeSubjects></subjects>"
        f"<title>{escape(title)}</title><titles><item><titleType>Display Title</titleType><titleTypeCode>45</titleTypeCode>"
        f"<title>{escape(title)}</title></item></titles>{extra}</bill></billStatus>"
    ).encode()


def _person(person: Person) -> str:
    member, name, party, state = person
    return f"<bioguideId>{member}</bioguideId><fullName>{escape(name)}</fullName><party>{party}</party><state>{state}</state>"


def _cosponsor(person: Person, joined: str, withdrawn: str | None = None) -> str:
    left = f"<sponsorshipWithdrawnDate>{withdrawn}</sponsorshipWithdrawnDate>" if withdrawn else ""
    return (
        f"<item>{_person(person)}<sponsorshipDate>{joined}</sponsorshipDate>"
        f"<isOriginalCosponsor>False</isOriginalCosponsor>{left}</item>"
    )


def incoming(
    body: bytes,
    number: int = 145,
    *,
    congress: int = 119,
    type: str = "sres",
    mark: str | None = None,
    fetched_at: datetime | None = None,
) -> Incoming:
    """A document as GovInfo would have sent it."""
    return Incoming(
        congress,
        type,
        number,
        body,
        "govinfo",
        Document.Format.BILLSTATUS,
        f"https://www.govinfo.gov/bulkdata/BILLSTATUS/{congress}/{type}/BILLSTATUS-{congress}{type}{number}.xml",
        fetched_at or datetime.now(UTC),
        mark,
    )


def held(number: int = 145, *, loading: bool = False, **parts: object) -> Measure:
    """A measure of the 119th as a poll (or a load) has brought it in; `parts` as for `billstatus`."""
    brought(number, loading=loading, **parts)
    return Measure.objects.keyed(119, "sres", number).get()


def brought(number: int = 145, *, loading: bool = False, **parts: object) -> Applied:
    """What became of a document of the 119th's S.Res. `number` that just came; `parts` as for `billstatus`."""
    (applied,) = apply([incoming(billstatus(number, **parts), number)], loading=loading)
    return applied
