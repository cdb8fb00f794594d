"""What a reader should know beside the claims: who is left out, that the Congress has ended, and what came after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tracker.congress.calendar import is_over, last_day
from tracker.congress.citations import ordinal
from tracker.press.dossier import Dossier
from tracker.press.judge import listed, written
from tracker.press.plain import Plain
from tracker.press.result import Cited, Claim, Remark

_FEW = 12  # cosponsors, of whom those left out are named


def remarks_on(
    plain: Plain, cited: Iterable[Cited], claims: Iterable[Claim], read: Mapping[str, Dossier]
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
        for text in (_left_out(dossier, told), _ended(dossier), _record_ends(dossier)):
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


def _ended(dossier: Dossier) -> str | None:
    congress = dossier.now.congress
    if not is_over(congress, dossier.today) or dossier.status_now.code != "died":
        return None
    return f"{dossier.citation} died with the {ordinal(congress)} Congress on {written(last_day(congress))}."


def _record_ends(dossier: Dossier) -> str | None:
    if dossier.ends is None:
        return None
    return f"The record of {dossier.citation} held here ends on {written(dossier.ends)}."
