"""Which measures the articles of press coverage name, beside the one that each stands under."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tracker.congress.measures import TYPES
from tracker.ledger.models import Measure, measure_key, measure_pk
from tracker.press.citing import find_mentions

MOST_READ = 20_000  # characters of one article: what a story is about stands before that
MOST_NAMED = 5


def cited(coverage: Iterable[Any]) -> dict[int, list[Measure]]:
    """For each entry of press coverage the measures held here that its article names, in its order. Costs one query.

    An entry carries `fields_now`, its newest words. Only what names one measure counts: "Resolution 599" may be of either
    chamber, and is left to the article check. A citation without a Congress is of that of the entry's measure.
    """
    wanted: dict[int, list[int]] = {}
    for entry in coverage:
        text = str((entry.fields_now or {}).get("article") or "")[:MOST_READ]
        congress = int(measure_key(entry.measure_id).split("/")[0])
        wanted[entry.pk] = [pk for pk in _named(text, congress) if pk != entry.measure_id][:MOST_NAMED]
    pks = {pk for several in wanted.values() for pk in several}
    held = Measure.objects.in_bulk(pks) if pks else {}
    return {key: [held[pk] for pk in several if pk in held] for key, several in wanted.items()}


def _named(text: str, congress: int) -> list[int]:
    found = []
    for mention in find_mentions(text).found:
        if len(mention.types) == 1 and 0 < mention.number < 1_000_000 and mention.types[0] in TYPES:
            of = mention.congress or congress
            if 0 < of < 1000:
                found.append(measure_pk(of, mention.types[0], mention.number))
    return list(dict.fromkeys(found))
