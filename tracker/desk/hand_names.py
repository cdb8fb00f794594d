"""Whom a name typed by hand means, among those that the ledger knows; a name that nobody here has stays as it was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import msgspec
from django.db.models import Q

from tracker.congress.calendar import first_day, last_day
from tracker.congress.measures import measure_type
from tracker.congress.people import STATES, display_name, party_letter
from tracker.ledger.models import Committee, Member

SUGGESTED = 20
_TOLD = 6  # of several who fit

_ID = re.compile(r"\s*\(([A-Z]\d{6})\)\s*$")
_CODE = re.compile(r"\s*\(([a-z]{4}\d{2})\)\s*$")
_SEAT = re.compile(r"[\s,]*[\[(]?\b([A-Za-z]{1,2})\s?[-–—]\s?([A-Z]{2})(?:\s?[-–—]\s?(\d{1,2}))?[\])]?\s*$")
_OFFICE = re.compile(
    r"^(?:u\.s\. )?(?:sen|senator|rep|representative|congress(?:wo)?man|del|delegate)\.?\s+", re.I
)
_SUFFIX = re.compile(r",?\s+(?:jr|sr|ii|iii|iv)\.?$", re.I)
_NOT_TELLING = frozenset({"the", "committee", "on", "of", "and", "house", "senate", "u.s.", "us"})


class Named(msgspec.Struct, frozen=True):
    """A name, and who it is where the ledger knows."""

    name: str
    member: str | None = None
    party: str | None = None
    state: str | None = None
    district: int | None = None


class Ambiguous(ValueError):
    """Several fit; says who, and what to do."""

    def __init__(self, name: str, several: Iterable[Member]) -> None:
        listed = [shown(member) for member in several]
        more = f" and {len(listed) - _TOLD} more" if len(listed) > _TOLD else ""
        super().__init__(
            f"{len(listed)} members fit “{name}”: {'; '.join(listed[:_TOLD])}{more}. Choose one from the suggestions, or add "
            "the first name, party and state."
        )


def shown(member: Member) -> str:
    """As a form shows a member: "Thom Tillis [R-NC] (T000476)"."""
    seat = "-".join(part for part in (member.party, member.state) if part)
    return f"{member.name} [{seat}] ({member.pk})" if seat else f"{member.name} ({member.pk})"


def person_named(text: str, type: str | None, congress: int | None) -> Named:
    """Who is meant by "Sen. Tillis (R-NC)", "Tillis, Thom", "Thom Tillis" or a name with a Bioguide id.

    Only who sat in the measure's chamber is meant by a name alone. Raises Ambiguous where several fit; where nobody does, the
    name is answered as it was typed, with the party and state that stand behind it.
    """
    exact = _ID.search(text)
    if exact is not None:
        known = Member.objects.filter(pk=exact[1]).first()
        if known is not None:
            return _of(known)
        text = text[: exact.start()]
    bare, party, state, district = _parted(text)
    fitting = [m for m in _called(bare) if _sat(m, type, congress) and _at(m, party, state)]
    if len(fitting) > 1:
        raise Ambiguous(text, fitting)
    if fitting:
        return _of(fitting[0])
    return Named(display_name(_OFFICE.sub("", bare)) or bare, None, party, state, district)


def suggestions(text: str, type: str | None, congress: int | None) -> list[Member]:
    """Members whose name begins, or has a word that begins, with what is typed; who sat in that chamber, sitting ones first."""
    bare, party, state, _ = _parted(_ID.sub("", text))
    if len(bare) < 2:
        return []
    begins = Q(sort_name__istartswith=bare) | Q(name__istartswith=bare) | Q(name__icontains=f" {bare}")
    found = Member.objects.filter(begins).order_by("-sitting", "sort_name", "pk")[: SUGGESTED * 10]
    return [m for m in found if _sat(m, type, congress) and _at(m, party, state)][:SUGGESTED]


def committee_named(text: str, type: str) -> tuple[str, str | None]:
    """The committee's name and code; without a code where no committee of the measure's chamber is called so."""
    exact = _CODE.search(text)
    if exact is not None:
        known = Committee.objects.filter(pk=exact[1]).first()
        if known is not None:
            return known.name, known.pk
        text = text[: exact.start()]
    telling = _telling(text)
    fitting = [c for c in committees(type) if telling and _telling(c.name) == telling]
    return (fitting[0].name, fitting[0].pk) if len(fitting) == 1 else (text, None)


def committees(type: str | None) -> list[Committee]:
    """The full committees of a measure's chamber, or of both; by name, today's first."""
    found = Committee.objects.filter(parent=None).order_by("-current", "name", "pk")
    if type is not None:
        found = found.filter(Q(chamber=measure_type(type).chamber) | Q(chamber="joint"))
    return list(found)


def _parted(text: str) -> tuple[str, str | None, str | None, int | None]:
    """The name without office and seat, then party, state and district where they stand behind it."""
    seat = _SEAT.search(text)
    if seat is None or seat[2] not in STATES:
        return _OFFICE.sub("", text.strip()), None, None, None
    party = party_letter(seat[1].upper())
    return _OFFICE.sub("", text[: seat.start()].strip()), party, seat[2], int(seat[3]) if seat[3] else None


def _called(bare: str) -> list[Member]:
    """Members with this family name, and with this first name where one is given."""
    plain = _SUFFIX.sub("", bare)
    if "," in plain:
        family, _, given = (part.strip() for part in plain.partition(","))
    else:
        given, _, family = plain.rpartition(" ")
    if not family:
        return []
    families = {family, *(plain.split(" ", 1)[1:] if " " in plain and "," not in plain else ())}
    begins = Q(pk__in=())
    for each in families:
        begins |= Q(sort_name__istartswith=f"{each},") | Q(sort_name__iexact=each)
    found = list(Member.objects.filter(begins).order_by("sort_name", "pk")[:100])
    first = _folded(given).split(" ")[0] if given else ""
    return [m for m in found if not first or _first_name_fits(first, m)]


def _first_name_fits(first: str, member: Member) -> bool:
    """Whether one of the member's given names is this one, or begins as it ("Chris", "Christopher"; "T.", "Thom")."""
    first = first.rstrip(".")
    names = [word.rstrip(".") for word in _folded(member.name).split(" ")[:-1]]
    names += [word.rstrip(".") for word in _folded(member.sort_name.partition(",")[2]).split(" ") if word]
    shorter = min(len(first), 3)
    return any(
        name == first or (len(name) >= shorter and name[:shorter] == first[:shorter]) or name[:1] == first
        for name in names
        if name
    )


def _sat(member: Member, type: str | None, congress: int | None) -> bool:
    """Whether they sat in the measure's chamber in its Congress, by their terms; without any, by what is known of them."""
    if type is None:
        return True
    chamber = measure_type(type).chamber
    if not member.terms:
        return member.chamber in (chamber, None)
    kind = "sen" if chamber == "senate" else "rep"
    if congress is None:
        return any(term["type"] == kind for term in member.terms)
    begins, ends = first_day(congress).isoformat(), last_day(congress).isoformat()
    return any(t["type"] == kind and t["start"] <= ends and t["end"] > begins for t in member.terms)


def _at(member: Member, party: str | None, state: str | None) -> bool:
    return (state is None or member.state == state) and (party is None or member.party in (party, None))


def _of(member: Member) -> Named:
    return Named(member.name, member.pk, member.party, member.state, member.district)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def _telling(name: str) -> tuple[str, ...]:
    words = re.findall(r"[\w.']+", _folded(name).replace("’", "'"))
    return tuple(sorted(word for word in words if word not in _NOT_TELLING))
