"""Topics as staff make them: their words, their order and their measures. Rules are read in `tracker.desk.topic_rules`.

Each function opens its own transaction and writes its own act. What a topic's page shows raises `changed_at`; a rule or a
refusal, which readers are not shown, does not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from tracker.desk import acts
from tracker.desk.markdown import TooLong, render
from tracker.desk.models import Entry, Topic, TopicMeasure, User
from tracker.desk.topic_rules import read_rule, rule_text
from tracker.ledger.filters import LONGEST_TOPIC, TOPIC, BadFilter
from tracker.ledger.models import Measure, measure_key

LONGEST_NAME = 120  # characters
MOST_AT_ONCE = 500  # measures that one act puts in, takes out or refuses


class Refused(ValueError):
    """A topic that cannot be kept as it was given: what is wrong, by field."""

    def __init__(self, faults: dict[str, str]) -> None:
        self.faults = faults
        super().__init__("; ".join(faults.values()))


class Overtaken(Exception):
    """Somebody changed the topic since it was read."""

    def __init__(self, now: Topic) -> None:
        self.now = now
        super().__init__(f"“{now.name}” was changed by somebody else in the meantime")


@dataclass(frozen=True, slots=True)
class TopicWords:
    """What staff say of a topic."""

    name: str
    slug: str = ""  # empty: made of the name
    description: str = ""
    rule: str = ""
    is_public: bool = False

    @classmethod
    def of(cls, topic: Topic) -> TopicWords:
        return cls(topic.name, topic.slug, topic.description, topic.rule, topic.is_public)

    @property
    def mark(self) -> str:
        """Tells whether these are the words that somebody read before."""
        parts = "\0".join((self.name, self.slug, self.description, self.rule, str(self.is_public)))
        return hashlib.sha256(parts.encode()).hexdigest()[:16]


# Their words


def make(words: TopicWords, by: User | None) -> Topic:
    """A new topic, last in order. `by` is None for what comes with Whereas. Raises Refused."""
    kept = _checked(words, None)
    with transaction.atomic():
        last = Topic.objects.order_by("-position").values_list("position", flat=True).first()
        topic = Topic(position=(last or 0) + 1, changed_at=timezone.now())
        _take(topic, kept)
        acts.record(by, "make_topic", _object(topic), f"Made the topic “{topic.name}”", after=_as_dict(kept))
    return topic


def change(topic: Topic, words: TopicWords, by: User, *, read: str) -> Topic:
    """The topic with these words; nothing is written where they are the same.

    `read` is the mark of the words that the writer had read. Raises Overtaken where these stand no longer, and Refused.
    """
    kept = _checked(words, topic)
    with transaction.atomic():
        now = Topic.objects.select_for_update().get(pk=topic.pk)
        before = TopicWords.of(now)
        if before.mark != read:
            raise Overtaken(now)
        if kept == before:
            return now
        shown = (kept.name, kept.slug, kept.description, kept.is_public) != (
            before.name,
            before.slug,
            before.description,
            before.is_public,
        )
        if shown:
            now.changed_at = timezone.now()
        _take(now, kept)
        what = _what_changed(before, kept)
        acts.record(
            by, "change_topic", _object(now), f"{what} of the topic “{now.name}”"[:500],
            before=_as_dict(before), after=_as_dict(kept),
        )  # fmt: skip
    return now


def delete(topic: Topic, by: User) -> None:
    """Take a topic away that nothing was written about. Raises Refused where something was: unpublish it instead."""
    with transaction.atomic():
        if Entry.objects.filter(topic=topic).exists():
            raise Refused(
                {"": "Entries are written about this topic, so it cannot go; make it not public instead."}
            )
        inside = [measure_key(pk) for pk in _inside(topic).values_list("measure_id", flat=True)]
        before = {**_as_dict(TopicWords.of(topic)), "measures": inside}
        acts.record(by, "delete_topic", _object(topic), f"Deleted the topic “{topic.name}”", before=before)
        Topic.objects.filter(pk=topic.pk).delete()


def _checked(words: TopicWords, own: Topic | None) -> TopicWords:
    """The words as they are kept. Raises Refused with every fault at once."""
    name = " ".join(words.name.split())
    slug = words.slug.strip() or slugify(name)[:LONGEST_TOPIC].strip("-")
    faults = {}
    others = Topic.objects.exclude(pk=own.pk) if own else Topic.objects.all()
    if not name:
        faults["name"] = "Give the topic a name."
    elif len(name) > LONGEST_NAME:
        faults["name"] = f"The name has {len(name)} characters; at most {LONGEST_NAME} fit."
    elif others.filter(name=name).exists():
        faults["name"] = f"There is a topic “{name}” already."
    if name and not slug:
        faults["slug"] = "Give a short name: nothing of the name above can stand in an address."
    elif slug and (len(slug) > LONGEST_TOPIC or not re.fullmatch(TOPIC, slug, re.ASCII)):
        faults["slug"] = (
            f"“{slug[:80]}”: give small letters a to z, digits, and single hyphens between them, at most "
            f"{LONGEST_TOPIC}, such as iranian-refugees."
        )
    elif slug and others.filter(slug=slug).exists():
        faults["slug"] = f"Another topic has the address /topics/{slug}/ already."
    if "\0" in words.description:
        faults["description"] = "The description has a character in it that cannot be kept (NUL)."
    try:
        render(words.description)
    except TooLong as problem:
        faults["description"] = str(problem) or "The description is too long."
    rule = rule_text(words.rule)
    try:
        read_rule(rule)
    except BadFilter as problem:
        faults["rule"] = str(problem)
    if faults:
        raise Refused(faults)
    return TopicWords(name, slug, words.description.strip(), rule, words.is_public)


def _take(topic: Topic, words: TopicWords) -> None:
    topic.name, topic.slug, topic.description = words.name, words.slug, words.description
    topic.rule, topic.is_public = words.rule, words.is_public
    try:
        with transaction.atomic():
            topic.save()
    except IntegrityError as error:  # somebody took the name since it was looked for
        raise Refused({"name": f"There is a topic “{words.name}”, or its address, already."}) from error


def _as_dict(words: TopicWords) -> dict[str, object]:
    return {
        "name": words.name,
        "slug": words.slug,
        "description": words.description,
        "rule": words.rule,
        "public": words.is_public,
    }


def _what_changed(before: TopicWords, after: TopicWords) -> str:
    old, new = _as_dict(before), _as_dict(after)
    changed = [name for name in new if old[name] != new[name]]
    if changed == ["name"]:
        return f"Renamed “{before.name}”, the name"
    if changed == ["public"]:
        return "Published the page" if after.is_public else "Took the page away from readers,"
    return f"Changed {', '.join(changed)}"


def _object(topic: Topic) -> str:
    return f"topic/{topic.pk}"


# Their order


def put_at(topic: Topic, place: int, by: User) -> None:
    """Move a topic to this place among all, counted from 1; beyond the ends is the end."""
    with transaction.atomic():
        order = list(Topic.objects.select_for_update().order_by("position", "id"))
        at = next((n for n, row in enumerate(order) if row.pk == topic.pk), None)
        if at is None:
            return
        wanted = min(max(place - 1, 0), len(order) - 1)
        moved = order.pop(at)
        order.insert(wanted, moved)
        changed = [(n, row) for n, row in enumerate(order, start=1) if row.position != n]
        now = timezone.now()
        for n, row in changed:
            row.position, row.changed_at = n, now
        Topic.objects.bulk_update([row for _, row in changed], ["position", "changed_at"])
        if at != wanted:
            acts.record(
                by, "order_topics", _object(topic), f"Moved the topic “{moved.name}” to place {wanted + 1}",
                before=at + 1, after=wanted + 1,
            )  # fmt: skip


# Their measures


def put_in(topic: Topic, measures: Iterable[int], by: User | None) -> int:
    """Put measures, by row id, into a topic; how many were not in it before."""
    return _turn(topic, measures, by, refused=False)


def take_out(topic: Topic, measures: Iterable[int], by: User) -> int:
    """Take measures out of a topic, for good: its rule proposes them no more. How many were in it."""
    inside = _inside(topic).filter(measure_id__in=list(measures)).values_list("measure_id", flat=True)
    return _turn(topic, list(inside), by, refused=True, verb="take_out_of_topic")


def refuse(topic: Topic, measures: Iterable[int], by: User) -> int:
    """Say that measures do not belong into a topic: its rule proposes them no more. Those in it stay; how many were refused."""
    inside = set(_inside(topic).filter(measure_id__in=list(measures)).values_list("measure_id", flat=True))
    return _turn(topic, [pk for pk in measures if pk not in inside], by, refused=True)


def counts() -> dict[int, int]:
    """How many measures are in each topic, by topic; those without are left out. Costs one query."""
    rows = TopicMeasure.objects.filter(refused=False).order_by().values_list("topic_id")
    return dict(rows.annotate(count=Count("pk")))


def _inside(topic: Topic) -> QuerySet[TopicMeasure]:
    return TopicMeasure.objects.filter(topic=topic, refused=False)


def _turn(topic: Topic, measures: Iterable[int], by: User | None, *, refused: bool, verb: str = "") -> int:
    wanted = list(dict.fromkeys(measures))
    if len(wanted) > MOST_AT_ONCE:
        raise ValueError(f"{len(wanted)} measures at once; at most {MOST_AT_ONCE}")
    verb = verb or ("refuse_for_topic" if refused else "put_in_topic")
    now = timezone.now()
    with transaction.atomic():
        held = Measure.objects.filter(pk__in=wanted).values_list("pk", flat=True)
        rows = TopicMeasure.objects.filter(topic=topic, measure_id__in=list(held))
        known = {row.measure_id: row for row in rows.select_for_update()}
        fresh = [
            TopicMeasure(topic=topic, measure_id=pk, refused=refused, by=by, at=now)
            for pk in held
            if pk not in known
        ]
        turned = [row for row in known.values() if row.refused != refused]
        TopicMeasure.objects.bulk_create(fresh, ignore_conflicts=True)
        TopicMeasure.objects.filter(pk__in=[row.pk for row in turned]).update(refused=refused, by=by, at=now)
        done = sorted(row.measure_id for row in [*fresh, *turned])
        if not done:
            return 0
        if not refused or verb == "take_out_of_topic":
            Topic.objects.filter(pk=topic.pk).update(changed_at=now)
        acts.record(
            by, verb, _object(topic), _told(verb, len(done), topic), after=[measure_key(pk) for pk in done]
        )
    return len(done)


def _told(verb: str, count: int, topic: Topic) -> str:
    measures = "1 measure" if count == 1 else f"{count} measures"
    return {
        "put_in_topic": f"Put {measures} into the topic “{topic.name}”",
        "take_out_of_topic": f"Took {measures} out of the topic “{topic.name}”",
        "refuse_for_topic": f"Refused {measures} proposed for the topic “{topic.name}”",
    }[verb]
