"""What a reader should know beside the claims: who is left out, that the Congress has ended, and what came after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from tracker.congress.calendar import is_over, last_day
from tracker.congress.citations import Citation, ordinal
from tracker.press.dossier import Dossier, Successor
from tracker.press.judge import listed, written
from tracker.press.result import Cited, Claim, Remark

_FEW = 12  # cosponsors, of whom those left out are named


def remarks_on(
    cited: Iterable[Cited],
    claims: Iterable[Claim],
    read: Mapping[str, Dossier],
    came: Mapping[str, Successor],
) -> tuple[Remark, ...]:
    """The remarks on each measure read, in the order in which the article names them."""
    named = {
        claim.record: claim.measure
        for claim in claims
        if claim.kind in ("cosponsor", "sponsor") and claim.record
    }
    found: list[Remark] = []
    for id in dict.fromkeys(c.measure for c in cited if c.sure and c.measure):
        dossier = read.get(id)
        if dossier is None:
            continue
        told = [record for record, measure in named.items() if measure == id]
        for text in (_left_out(dossier, told), _ended(dossier, came.get(id)), _record_ends(dossier)):
            if text:
                found.append(Remark(id, text, dossier.address))
    return tuple(found)


def _left_out(dossier: Dossier, told: list[str]) -> str | None:
    """The cosponsors of its first day whom an article that names most of them leaves out."""
    first = [c for c in dossier.originals if c.name]
    missing = [
        c.name or "" for c in first if not any(c.name and record.startswith(c.name) for record in told)
    ]
    if not first or len(first) > _FEW or not missing or 2 * len(missing) > len(first):
        return None
    return f"Of the {len(first)} cosponsors of the first day, the article leaves out {listed(missing)}."


def _ended(dossier: Dossier, successor: Successor | None) -> str | None:
    congress = dossier.now.congress
    if not is_over(congress, dossier.today) or dossier.status_now.code != "died":
        return None
    told = f"{dossier.citation} died with the {ordinal(congress)} Congress on {written(last_day(congress))}"
    return f"{told}{_came_back(dossier, successor)}." if successor else f"{told}."


def _came_back(dossier: Dossier, successor: Successor) -> str:
    """ " and came back as S.Res. 145 …: the same 5 paragraphs, 6 of the 7 first cosponsors"."""
    again, type, number = successor.id.split("/")
    details = []
    if successor.before and successor.before == successor.clauses:
        details.append(f"the same {len(successor.before)} paragraphs, word for word")
    elif successor.before:
        kept = len(set(successor.before) & set(successor.clauses))
        details.append(f"{kept} of its {len(successor.before)} paragraphs unchanged")
    first = {c.member for c in dossier.originals if c.member}
    if first:
        details.append(f"{len(first & successor.cosponsors)} of its {len(first)} first cosponsors back")
    citation = Citation(int(again), type, int(number)).in_full
    on = f" on {written(successor.introduced)}" if successor.introduced else ""
    return f" and came back as {citation}{on}{': ' if details else ''}{', '.join(details)}"


def _record_ends(dossier: Dossier) -> str | None:
    if dossier.ends is None:
        return None
    return f"The record of {dossier.citation} held here ends on {written(dossier.ends)}."


def beside(
    cited: tuple[Cited, ...], claims: tuple[Claim, ...], remarks: tuple[Remark, ...]
) -> tuple[tuple[Cited, ...], tuple[Claim, ...]]:
    """The same with the remarks where a reader of the JSON finds them: what became of a measure with its first mention,
    who is left out with the last cosponsor named.
    """
    named, told = list(cited), list(claims)
    for remark in remarks:
        if " leaves out " in remark.text:
            places = [
                n
                for n, c in enumerate(told)
                if c.kind == "cosponsor" and c.measure == remark.measure and c.note is None
            ]
            if places:
                told[places[-1]] = msgspec.structs.replace(told[places[-1]], note=remark.text)
        elif " died with " in remark.text:
            place = next(n for n, c in enumerate(named) if c.measure == remark.measure)
            named[place] = msgspec.structs.replace(named[place], why=f"{named[place].why} {remark.text}")
    return tuple(named), tuple(told)
