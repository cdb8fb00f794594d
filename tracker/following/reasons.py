"""Why a follower hears of something, in words: the same in every mail, and on the page where they can end it."""

from __future__ import annotations

from django.http import QueryDict

from tracker.congress.citations import Citation
from tracker.desk.models import Topic
from tracker.following.models import Follow
from tracker.ledger.listing import BadFilter, MeasureFilters
from tracker.ledger.models import Committee, Member


def reason(follow: Follow) -> str:
    """ "you follow S.Res. 145 (119th Congress)", "you follow the search: Senate resolutions, with “Iran”"."""
    return f"you follow {subject(follow.of, follow.target)}"


def subject(of: str, target: str) -> str:
    """What is followed, in words; costs one query at most. What is no longer there is called by its id."""
    if of == Follow.Of.MEASURE:
        congress, type_, number = target.split("/")
        return Citation(int(congress), type_, int(number)).in_full
    if of == Follow.Of.MEMBER:
        return Member.objects.filter(pk=target).values_list("name", flat=True).first() or target
    if of == Follow.Of.COMMITTEE:
        return Committee.objects.filter(pk=target).values_list("name", flat=True).first() or target
    if of == Follow.Of.TOPIC:
        name = Topic.objects.public().filter(pk=target).values_list("name", flat=True).first()
        return f"the topic {name}" if name else "a topic that is no longer there"
    return f"the search: {_sentence(target)}"


def _sentence(query: str) -> str:
    try:
        filters = MeasureFilters.from_query(QueryDict(query))
    except BadFilter:
        return "one that means nothing any more"
    words = filters.sentence()
    return words if filters.active else "all measures"
