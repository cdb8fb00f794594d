"""What `manage.py rebuild` writes anew of texts: how they are counted, and which measures are kin by them."""

from __future__ import annotations

from tracker.ledger import bulk
from tracker.ledger.further_rebuild import FurtherRebuild, Progress
from tracker.records.bill_text import read_bill_text
from tracker.texts import kinship
from tracker.texts.keeping import counts_of
from tracker.texts.kinship import Found
from tracker.texts.models import Kin, MeasureText

_BATCH = 200


def rebuild_texts(progress: Progress) -> str:
    """Read every held text anew from its document, and correct what its row counts of it."""
    held = MeasureText.objects.held().order_by("pk")
    pks = list(held.values_list("pk", flat=True))
    done = 0
    for some in bulk.chunks(pks, _BATCH):
        for row in held.filter(pk__in=some).select_related("document"):
            assert row.document is not None, "only a held text has words"
            counts = counts_of(read_bill_text(row.document.body))
            if any(getattr(row, name) != value for name, value in counts.items()):
                MeasureText.objects.filter(pk=row.pk).update(**counts)
        done += len(some)
        progress(done, len(pks))
    return f"{done:,} texts read anew from their documents" if done else ""


def rebuild_kin(progress: Progress) -> str:
    """Compare all texts anew. What staff settled stays, and a pair found again keeps the day it was found on."""
    kinship.forget()

    def told(found: Found) -> None:
        progress(found.compared, max(found.read, found.compared))

    found = kinship.find(progress=told)
    if not found.compared:
        return ""
    return f"{found.compared:,} texts compared anew; {Kin.objects.count():,} pairs of kin are known"


TEXTS = FurtherRebuild("texts", rebuild_texts)
KIN = FurtherRebuild("texts compared", rebuild_kin)
