"""The topic that ships with Whereas, of measures of its starter record: so that a first page shows what a topic is.

It comes once, into a database in which nobody has made one, beside measures that are still the starter record's. Whatever
staff make of it afterwards, its deletion too, it is never made again.
"""

from __future__ import annotations

from django.db import transaction

from tracker.desk import topics
from tracker.desk.models import Act, Topic
from tracker.desk.topics import TopicWords
from tracker.ledger.models import Measure, measure_pk

WORDS = TopicWords(
    name="Iranian refugees in Ashraf-3",
    slug="ashraf-3",
    description=(
        "Resolutions about the Iranian political refugees who live in Ashraf-3 in Albania, former political prisoners among "
        "them.\n\nThis topic came with Whereas, to show what a topic is. Its rule proposes every measure that names Ashraf."
    ),
    rule="q=ashraf",
    is_public=True,
)
MEASURES = (measure_pk(118, "sres", 599), measure_pk(119, "sres", 145))


def load_starter_topic() -> bool:
    """Make the topic where nobody has ever made one; whether it was made. In one transaction: whole, or not at all."""
    with transaction.atomic():
        starters = Measure.objects.filter(pk__in=MEASURES, origin=Measure.Origin.STARTER)
        made_before = Topic.objects.exists() or Act.objects.filter(verb="make_topic").exists()
        if made_before or starters.count() != len(MEASURES):
            return False
        topics.put_in(topics.make(WORDS, None), MEASURES, None)
    return True
