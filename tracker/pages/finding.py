"""From what a reader types to the one measure that is meant, where that is sure.

The rule, as docs/PAGES.md tells it to readers: a text that is one citation, or one public law, leads to its measure when
that measure is held. A citation with its Congress means that one and no other; one without it means the newest Congress of
which a measure of this type and number is held. Anything else, and any other word beside it, is a search.
"""

from __future__ import annotations

import re

from tracker.congress.citations import parse_citation
from tracker.ledger.models import Law, Measure, measure_key, measure_pk

_PUBLIC_LAW = re.compile(
    r"\s*(?:(public|private)\s+law|(p(?:ub)?|priv|pvt)\.?\s*l(?:aw)?\.?)\s*(?:no\.?|number|\#)?\s*(\d{1,3})\s*[-–—‑]\s*(\d{1,4})\s*",
    re.IGNORECASE,
)


def direct(text: str) -> str | None:
    """The address of the held measure that `text` as a whole names, or None where it names none, or none that is held.

    Costs one query.
    """
    law = _PUBLIC_LAW.fullmatch(text)
    if law is not None:
        return _by_law(law)
    citation = parse_citation(text)
    if citation is None:
        return None
    held = Measure.objects.filter(type=citation.type, number=citation.number)
    if citation.congress is not None:
        held = Measure.objects.filter(pk=measure_pk(citation.congress, citation.type, citation.number))
    found = held.order_by("-congress").values_list("pk", flat=True).first()
    return None if found is None else _address(found)


def _by_law(law: re.Match[str]) -> str | None:
    private = (law[1] or law[2]).lower().startswith("pr") or (law[2] or "").lower() == "pvt"
    number = f"{int(law[3])}-{int(law[4])}"
    found = Law.objects.filter(number=number, type="Private Law" if private else "Public Law")
    measure_id = found.values_list("measure_id", flat=True).first()
    return None if measure_id is None else _address(measure_id)


def _address(measure_id: int) -> str:
    return f"/measures/{measure_key(measure_id)}/"
