"""What is said of members themselves: their party and their state."""

from __future__ import annotations

from tracker.congress.people import PARTIES, STATES
from tracker.press.dossier import Dossier
from tracker.press.judge import Judge
from tracker.press.people import Person, is_so
from tracker.press.scene import Member, Scene
from tracker.press.seats import Said
from tracker.records.model import CosponsorRecord, SponsorRecord


def read_persons(judge: Judge, scene: Scene) -> None:
    """Add what one sentence claims of a member's party or state, for members who stand behind a measure of the article."""
    shared: dict[tuple[str, int, int], list[tuple[Person, Said]]] = {}
    for member, _token in scene.said:
        person = member.named.person if isinstance(member, Member) and member.named else None
        if person is not None:
            for said in member.said:
                shared.setdefault((said.kind, said.start, said.end), []).append((person, said))
    for (kind, start, end), rows in shared.items():
        dossier = _dossier(judge, scene, rows[0][0])
        if dossier is None:
            continue
        wrong = [row for row in rows if not is_so(*row)]
        if any(_unknown(*row) for row in rows):
            continue
        shown = wrong or rows
        record = "; ".join(dict.fromkeys(_record(dossier, person) for person, _ in shown))
        note = None
        if wrong:
            note = "; ".join(f"{p.name} is of {_told(p)}" for p, _ in wrong) + "."
        judge.add(kind, dossier, (start, end), "false" if wrong else "true", record, note)


def _dossier(judge: Judge, scene: Scene, person: Person) -> Dossier | None:
    """The measure of the article that this member stands behind; failing that, the one spoken of."""
    of_focus = judge.dossiers.get(scene.focus or "")
    for dossier in filter(None, (of_focus, *judge.dossiers.values())):
        if dossier.is_sponsor(person.bioguide) or dossier.cosponsor(person.bioguide):
            return dossier
    return of_focus


def _unknown(person: Person, said: Said) -> bool:
    return (person.party if said.kind == "party" else person.state) is None


def _record(dossier: Dossier, person: Person) -> str:
    rows: list[SponsorRecord | CosponsorRecord] = [*dossier.now.sponsors, *dossier.now.cosponsors]
    row = next((row for row in rows if row.member == person.bioguide), None)
    if row is not None and row.name:
        return row.name
    seat = f"-{person.district}" if person.district is not None else ""
    return f"{person.name} [{person.party}-{person.state}{seat}]"


def _told(person: Person) -> str:
    state = STATES.get(person.state or "", person.state or "no state")
    return f"{state}, {PARTIES.get(person.party or '', person.party or 'no party')}"
