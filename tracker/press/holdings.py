"""What an article's check reads from the database: measures by id and by title, members, committees. Nothing else does.

However long the article, the number of queries is bounded: so many measures are read whole, and so many titles looked up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.db.models import Q

from tracker.congress.calendar import first_day, last_day
from tracker.congress.citations import Citation
from tracker.congress.people import display_name
from tracker.ledger.derived import status_of
from tracker.ledger.models import (
    Committee,
    Document,
    Law,
    Measure,
    Member,
    Position,
    RollCall,
    Title,
    measure_key,
    measure_pk,
)
from tracker.ledger.readings import record_of
from tracker.press.citing import same_title
from tracker.press.dossier import Dossier, Entry, RollCalled, Successor
from tracker.press.people import Person, family_and_given
from tracker.press.plain import folded
from tracker.records.model import CosponsorRecord, SponsorRecord
from tracker.records.on_day import on_day
from tracker.texts.clauses import held_texts, text_of

MOST_READ = 40  # measures of one article that are read whole
MOST_NAMED = 400  # … that are looked for at all
MOST_TEXTS = 12  # … whose words are read
MOST_VERSIONS = 4  # of each
MOST_ROLLS = 200  # roll calls on all measures together
MOST_TITLES = 400  # titles that are looked for


def address(measure_id: str) -> str:
    """The whole address of a measure's page on this site."""
    site: str = settings.SITE_URL
    return f"{site.rstrip('/')}/measures/{measure_id}/"


def held(citations: Iterable[Citation]) -> dict[str, Entry]:
    """Which of these measures (each with its Congress) are held, by id. One query, for the first MOST_NAMED of them.

    Not what staff entered by hand, often from a press report: no article is held against another.
    """
    keys = [c for c in dict.fromkeys(citations) if c.congress is not None][:MOST_NAMED]
    known = Measure.objects.exclude(origin=Measure.Origin.STAFF)
    rows = known.filter(pk__in=[measure_pk(c.congress or 0, c.type, c.number) for c in keys]).only(
        "congress", "type", "number", "title", "introduced_on", "sponsor_name", "document_id",
        "status", "status_since",
    )  # fmt: skip
    return {m.key: _entry(m) for m in rows}


def _entry(m: Measure) -> Entry:
    family = family_and_given(m.sponsor_name or "")[0]
    law_on = m.status_since if m.status in ("enacted", "veto_overridden") else None
    return Entry(m.key, m.title, m.introduced_on, m.document_id, family, law_on)


def by_title(titles: Collection[str], congresses: Collection[int]) -> dict[str, list[str]]:
    """The ids of the measures of these Congresses that bear each title, folded, whatever year follows it."""
    if not titles or not congresses:
        return {}
    years = sorted({day.year for c in congresses for day in (first_day(c), last_day(c))})
    spelled: dict[str, str] = {}
    for title in list(dict.fromkeys(titles))[:MOST_TITLES]:
        for mark in ("'", "’"):
            marked = title.replace("'", mark)
            for written in (marked, *(f"{marked} of {year}" for year in years)):
                spelled[written] = folded(title)
    within = Q()
    for congress in congresses:
        within |= Q(measure_id__gte=congress * 10_000_000, measure_id__lt=(congress + 1) * 10_000_000)
    rows = Title.objects.filter(within, title__in=list(spelled)).exclude(type__icontains="portion")
    found: dict[str, list[str]] = {}
    for pk, title in rows.values_list("measure_id", "title").distinct():
        ids = found.setdefault(spelled[title], [])
        if (key := measure_key(pk)) not in ids:
            ids.append(key)
    return found


def by_law(numbers: Collection[str]) -> dict[str, str]:
    """Which measure became the public law of this number: {"119-45": "119/hr/1512"}. One query."""
    wanted = list(dict.fromkeys(numbers))[:MOST_NAMED]
    rows = Law.objects.filter(number__in=wanted, type="Public Law").values_list("number", "measure_id")
    return {number: measure_key(pk) for number, pk in rows if number}


def dossiers(entries: Collection[Entry], day: date, today: date) -> dict[str, Dossier]:
    """The records of these measures as they stood on `day`, and as they stand. At most MOST_READ, in one query.

    One that began after `day` is left out.
    """
    wanted = {entry.document: entry for entry in list(entries)[:MOST_READ]}
    words = _texts([entry.id for entry in wanted.values()][:MOST_TEXTS], day)
    found = {}
    for document in Document.objects.filter(pk__in=list(wanted)):
        entry = wanted[document.pk]
        record = record_of(document)
        if entry.introduced_on is not None and entry.introduced_on > day:
            continue
        then = on_day(record, day)
        found[entry.id] = Dossier(
            address(entry.id),
            day,
            today,
            then,
            record,
            status_of(then, min(day, today)),
            status_of(record, today),
            words.get(entry.id, ()),
        )
    return found


def _texts(ids: Iterable[str], day: date) -> dict[str, tuple[str, ...]]:
    """The words of the versions published by `day` that are held of each, the furthest first, by clause."""
    keys = {measure_pk(c.congress or 0, c.type, c.number): c for c in citations(ids)}
    found = {}
    for pk, rows in held_texts(keys).items():
        published = [row for row in rows if row.on is None or row.on <= day][:MOST_VERSIONS]
        clauses = [clause.text for row in published for clause in text_of(row).clauses]
        if clauses:
            found[measure_key(pk)] = tuple(dict.fromkeys(clauses))
    return found


def roster(read: Iterable[Dossier], congresses: Collection[int]) -> list[Person]:
    """Everybody who sat in one of these Congresses, and who stands in one of these records. One query."""
    people: dict[str, Person] = {}
    since = min((first_day(c) for c in congresses), default=date.max)
    rows = Member.objects.filter(Q(term_ends_on__gt=since) | Q(from_list=False))
    for m in rows:
        family, given = family_and_given(m.sort_name)
        person = Person(
            m.bioguide,
            m.name,
            _families(family, m.name),
            _givens(given, m.name, family),
            m.chamber,
            m.party,
            m.state,
            m.district,
        )
        people[m.bioguide] = person
    named: dict[str, SponsorRecord | CosponsorRecord] = {}
    for dossier in read:
        named |= {c.member: c for c in dossier.now.cosponsors if c.member}
        named |= {s.member: s for s in dossier.now.sponsors if s.member}
    for bioguide, row in named.items():
        family, given = family_and_given(row.name or "")
        name = display_name(row.name)
        known = people.get(bioguide)
        chamber = "senate" if (row.name or "").startswith("Sen.") else "house"
        families, givens = _families(family, name), _givens(given, name, family)
        if known is None:
            people[bioguide] = Person(
                bioguide, name, families, givens, chamber, row.party, row.state, _number(row.district)
            )
        else:  # the record says what was so when the measure was before Congress
            people[bioguide] = replace(
                known,
                family=known.family | families,
                given=known.given | givens,
                chamber=chamber,
                party=row.party or known.party,
                state=row.state or known.state,
                district=_number(row.district) if chamber == "house" else None,
            )
    return list(people.values())


def successors(read: Collection[Dossier]) -> dict[str, Successor]:
    """What came of measures that died: the first of a later Congress with the same sponsor, type and title, by the old id."""
    died = [d for d in read if d.status_now.code == "died" and d.sponsors and d.sponsors[0].member][
        :MOST_TEXTS
    ]
    if not died:
        return {}
    later = Measure.objects.filter(
        sponsor_member__in=[d.sponsors[0].member for d in died],
        congress__gt=min(d.now.congress for d in died),
    ).order_by("congress", "number")
    came: dict[str, Measure] = {}
    for m in later.only(
        "congress", "type", "number", "title", "introduced_on", "sponsor_member", "document_id"
    )[:MOST_NAMED]:
        for d in died:
            same = (m.type, m.sponsor_member) == (
                d.now.type,
                d.sponsors[0].member,
            ) and m.congress > d.now.congress
            if same and d.id not in came and any(same_title(m.title, title) for title in d.titles):
                came[d.id] = m
    documents = Document.objects.in_bulk([m.document_id for m in came.values()])
    resolved = _resolved([*came, *(m.key for m in came.values())])
    found = {}
    for id, m in came.items():
        names = {
            c.member
            for c in record_of(documents[m.document_id]).cosponsors
            if c.member and not c.withdrawn_on
        }
        found[id] = Successor(
            m.key, m.introduced_on, frozenset(names), resolved.get(m.key, ()), resolved.get(id, ())
        )
    return found


def _resolved(ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The digests of the numbered paragraphs of each measure's furthest text held."""
    pks = {measure_pk(c.congress or 0, c.type, c.number): c for c in citations(ids)}
    return {
        measure_key(pk): tuple(clause.digest for clause in text_of(rows[0]).operative if clause.mark)
        for pk, rows in held_texts(pks).items()
        if rows
    }


def roll_calls(ids: Iterable[str], members: Collection[str]) -> dict[str, list[RollCalled]]:
    """The roll calls held on these measures, with how these members stood. Two queries."""
    pks = [measure_pk(c.congress or 0, c.type, c.number) for c in citations(ids)]
    rows = list(RollCall.objects.filter(measure_id__in=pks, form="vote", amendment=None)[:MOST_ROLLS])
    stood: dict[int, dict[str, str]] = {}
    positions = Position.objects.filter(
        vote_id__in=[row.pk for row in rows], member_id__in=list(members)[:MOST_NAMED]
    )
    for vote, member, position in positions.values_list("vote_id", "member_id", "position"):
        stood.setdefault(vote, {})[member] = position
    found: dict[str, list[RollCalled]] = {}
    for row in rows:
        url = f"{settings.SITE_URL.rstrip('/')}{row.get_absolute_url()}"
        positions_of = stood.get(row.pk, {})
        called = RollCalled(row.chamber, row.on, row.number, url, row.by_party, positions_of, row.question)
        found.setdefault(measure_key(row.measure_id or 0), []).append(called)
    return found


def _number(district: str | None) -> int | None:
    return int(district) if district is not None and district.isdecimal() and len(district) < 4 else None


def _families(family: str, name: str) -> frozenset[str]:
    """The family name as one writes it: "Luna" of "Anna Paulina Luna" too, and both halves of "Watson Coleman" as one."""
    whole = folded(family.replace(".", ""))
    return frozenset(filter(None, {whole, whole.replace("-", " ")}))


def _givens(given: str, name: str, family: str) -> frozenset[str]:
    words = {folded(word).strip(".,") for word in given.replace("-", " ").split()}
    before = folded(name).partition(folded(family))[0] if family else ""
    words |= {word.strip('.,"“”()') for word in before.replace("-", " ").split()}
    return frozenset(word for word in words if word)


def committees() -> list[tuple[str, str | None, bool]]:
    """(name, chamber, whether it is a subcommittee) of every committee known. One query."""
    rows = Committee.objects.filter(Q(current=True) | Q(from_list=False)).values_list(
        "name", "chamber", "parent"
    )
    return [(name, chamber, parent is not None) for name, chamber, parent in rows]


def citations(ids: Iterable[str]) -> list[Citation]:
    """Measures by id as citations with their Congress."""
    found = []
    for id in dict.fromkeys(ids):
        congress, type, number = id.split("/")
        found.append(Citation(int(congress), type, int(number)))
    return found
