"""What a list of measures can be filtered by: one row a filter makes its query, its words and its documentation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

from django.db.models import Q

from tracker.congress.calendar import instant, valid_day
from tracker.congress.measures import TYPES
from tracker.congress.people import PARTIES
from tracker.congress.stages import STATUS_LABELS
from tracker.ledger.models import (
    ChangeEvent,
    Committee,
    CommitteeReferral,
    Member,
    Sponsorship,
    Subject,
)

CONGRESS = r"[1-9]\d{0,2}"
BIOGUIDE = r"[A-Z]\d{6}"
COMMITTEE = r"[a-z]{4}\d\d"
TOPIC = r"[a-z0-9]+(?:-[a-z0-9]+)*"
LONGEST_TOPIC = 60  # characters of a topic's short name
LONGEST_TEXT = 200  # characters of a search or a subject's name; the longest subject in use has 79


class BadFilter(ValueError):
    """A parameter of a query string, or its value, that means nothing here. Its text is one line for a person."""

    def __init__(self, parameter: str, value: str, reason: str, accepted: str) -> None:
        self.parameter, self.value, self.reason, self.accepted = parameter, value, reason, accepted
        shown = value if len(value) <= 60 else f"{value[:57]}…"
        super().__init__(f"{parameter}={shown}: {reason}; accepted: {accepted}")


@dataclass(frozen=True, slots=True)
class Filter:
    """One row of the table: what a filter accepts, how it asks, and how it says itself.

    `parse` gives the value to ask by or raises ValueError with the reason; `condition` and `words` take all values.
    `choices` are all values there are, where there is a fixed list of them. A filter that is not `many` is given once.
    """

    name: str
    meaning: str
    accepted: str
    parse: Callable[[str], Any]
    condition: Callable[[Sequence[Any]], Q]
    words: Callable[[Sequence[Any]], str]
    choices: tuple[str, ...] = ()
    pattern: str = ""  # a regular expression of all values, where there is one
    many: bool = True
    always: bool = True  # False: only in lists that say so (`from_query(also=…)`)
    text: Callable[[Any], str] = str  # a value as the query string has it


# Topics


class Topics(Protocol):
    """What a list must be told of topics, of those that readers may see."""

    def names(self, slugs: Sequence[str]) -> Mapping[str, str]:
        """The names of those of these topics that there are, by their short names."""
        ...

    def condition(self, slugs: Sequence[str]) -> Q:
        """What holds for the measures of these topics."""
        ...


class _NoTopics:
    def names(self, slugs: Sequence[str]) -> Mapping[str, str]:
        return {}

    def condition(self, slugs: Sequence[str]) -> Q:
        return Q(pk__in=())


_topics: Topics = _NoTopics()


def topics_from(known: Topics) -> None:
    """Let lists be filtered by these topics.

    Topics are the desk's, which knows the ledger and is not known to it: the record stands without a desk. Yet a filter must
    stand in this one table, or pages, API and feeds would each have a list of their own. So the desk hands its topics in
    when it starts (`tracker.desk.apps`), and without a desk there are none.
    """
    global _topics
    _topics = known


# Reading values


def _one_of(choices: Sequence[str], thing: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(f"no such {thing}")
        return text

    return parse


def _shaped(pattern: str, reason: str) -> Callable[[str], str]:
    shape = re.compile(pattern, re.ASCII)

    def parse(text: str) -> str:
        if not shape.fullmatch(text):
            raise ValueError(reason)
        return text

    return parse


def _topic(text: str) -> str:
    """One of the topics that readers may see; one that is not published is as unknown as one that never was. Costs a query."""
    if len(text) > LONGEST_TOPIC or not re.fullmatch(TOPIC, text, re.ASCII) or not _topics.names([text]):
        raise ValueError("no such topic")
    return text


def _congress(text: str) -> int:
    if not re.fullmatch(CONGRESS, text, re.ASCII):
        raise ValueError("not the number of a Congress")
    return int(text)


def text_words(text: str) -> str:
    """What somebody typed, white space made single. Raises ValueError with the reason."""
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"longer than {LONGEST_TEXT} characters")
    if re.search(r"[\x00-\x08\x0e-\x1f\x7f]", text):
        raise ValueError("has control characters in it")
    return " ".join(text.split())


def day_named(text: str) -> date:
    """The day that YYYY-MM-DD names. Raises ValueError with the reason."""
    day = valid_day(text)
    if day is None:
        raise ValueError("not a day")
    return day


def moment_named(text: str, of_day: Callable[[date], datetime] | None = None) -> datetime:
    """The instant that a text names; a day is its beginning (UTC), or what `of_day` makes of it.

    The plus of an offset comes out of a query string as a space. Raises ValueError with the reason.
    """
    day = valid_day(text)
    if day is not None:
        return (of_day or _start)(day)
    moment = instant(re.sub(r" (?=\d\d:\d\d$)", "+", text))
    if moment is None:
        raise ValueError("neither a day nor an instant")
    return moment


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _instant_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


# Asking


def _in(field: str) -> Callable[[Sequence[Any]], Q]:
    return lambda values: Q(**{f"{field}__in": values})


def _by_committee(codes: Sequence[str]) -> Q:
    """Referred to any of these; a full committee (…00) stands for its subcommittees too, which share its letters."""
    wanted = Q()
    for code in codes:
        wanted |= Q(code__range=(code, f"{code[:4]}99")) if code.endswith("00") else Q(code=code)
    return Q(pk__in=CommitteeReferral.objects.filter(wanted).values("measure_id"))


def _by_sponsor(members: Sequence[str]) -> Q:
    return Q(pk__in=Sponsorship.objects.filter(member__in=members).values("measure_id"))


def _by_subject(names: Sequence[str]) -> Q:
    listed = Subject.objects.filter(name__in=names).values("measure_id")
    return Q(policy_area__in=names) | Q(pk__in=listed)


# Saying


def either(parts: Sequence[str], *, word: str = "or") -> str:
    """ "a", "a or b", "a, b or c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def _on(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


def ordinal(number: int) -> str:
    """ "119th", "122nd"."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_FORMS = {
    "bill": "bill",
    "joint": "joint resolution",
    "concurrent": "concurrent resolution",
    "simple": "simple resolution",
}


def nouns(types: Sequence[str]) -> list[str]:
    """What measures of these types are called, in the singular: as few words as say it."""
    chosen = set(types)
    resolutions = {code for code, known in TYPES.items() if known.form != "bill"}
    if not chosen or chosen == set(TYPES):
        return ["measure"]
    if chosen == resolutions:
        return ["resolution"]
    nouns = []
    for form, name in _FORMS.items():
        of_form = [known for known in TYPES.values() if known.form == form]
        if all(known.code in chosen for known in of_form):
            nouns.append(name)
        else:
            nouns += [known.name for known in of_form if known.code in chosen]
    return nouns


def plural(types: Sequence[str]) -> str:
    return either([f"{noun}s" for noun in nouns(types)], word="and")


def _congress_words(numbers: Sequence[int]) -> str:
    return f"of the {either([ordinal(number) for number in numbers])} Congress"


def _sponsor_words(members: Sequence[str]) -> str:
    names = dict(Member.objects.filter(pk__in=members).values_list("pk", "name"))
    return f"sponsored by {either([names.get(member, member) for member in members])}"


def _status_words(code: str) -> str:
    """The label as a sentence goes on: "67 bills became law"."""
    label = STATUS_LABELS[code]
    return "with a reserved number" if code == "reserved" else label[0].lower() + label[1:]


def _party_words(parties: Sequence[str]) -> str:
    names = [PARTIES[party] for party in parties]
    return f"sponsored by {either([f'an {n}' if n[0] in 'AEIOU' else f'a {n}' for n in names])}"


def _committee_words(codes: Sequence[str]) -> str:
    names = dict(Committee.objects.filter(pk__in=codes).values_list("pk", "name"))
    return f"that went to {either([_the_committee(code, names.get(code)) for code in codes])}"


def _the_committee(code: str, name: str | None) -> str:
    """The list of committees calls subcommittees by their field alone: "Economic Policy"."""
    if name is None:
        return code
    whole = code.endswith("00") or "committee" in name.lower()
    return f"the {name}" if whole else f"the subcommittee on {name}"


def _topic_words(slugs: Sequence[str]) -> str:
    names = _topics.names(slugs)
    thing = "topic" if len(slugs) == 1 else "topics"
    return f"in the {thing} {_quoted([names.get(slug, slug) for slug in slugs])}"


def _quoted(words: Sequence[str]) -> str:
    return either([f"“{word}”" for word in words])


def _said(template: str, print_: Callable[[Any], str] = str) -> Callable[[Sequence[Any]], str]:
    return lambda values: template.format(either([print_(value) for value in values]))


_DAY = "a day as YYYY-MM-DD"
_CHAMBERS = {"house": "House", "senate": "Senate"}

FILTERS: dict[str, Filter] = {
    row.name: row
    for row in (  # in the order in which a sentence says them
        Filter(
            "type",
            "The type of measure.",
            ", ".join(TYPES),
            _one_of(tuple(TYPES), "type"),
            _in("type"),
            plural,
            choices=tuple(TYPES),
        ),
        Filter(
            "congress",
            "The number of its Congress.",
            "the number of a Congress, such as 119",
            _congress,
            _in("congress"),
            _congress_words,
            pattern=CONGRESS,
        ),
        Filter(
            "chamber",
            "Where it began.",
            "house, senate",
            _one_of(tuple(_CHAMBERS), "chamber"),
            _in("origin_chamber"),
            _said("that began in the {}", _CHAMBERS.__getitem__),
            choices=tuple(_CHAMBERS),
        ),
        Filter(
            "sponsor",
            "A sponsor, by Bioguide id.",
            "a Bioguide id, such as T000476",
            _shaped(BIOGUIDE, "not a Bioguide id"),
            _by_sponsor,
            _sponsor_words,
            pattern=BIOGUIDE,
        ),
        Filter(
            "party",
            "The first sponsor's party.",
            ", ".join(PARTIES),
            _one_of(tuple(PARTIES), "party"),
            _in("sponsor_party"),
            _party_words,
            choices=tuple(PARTIES),
        ),
        Filter(
            "committee",
            "A committee that it was referred to; a full committee stands for its subcommittees too.",
            "a committee's code, such as ssfr00",
            _shaped(COMMITTEE, "not a committee's code"),
            _by_committee,
            _committee_words,
            pattern=COMMITTEE,
        ),
        Filter(
            "subject",
            "A legislative subject or the policy area, by its exact name.",
            f"the exact name of a subject, at most {LONGEST_TEXT} characters",
            text_words,
            _by_subject,
            _said("about {}"),
        ),
        Filter(
            "topic",
            "A topic of this tracker, by the short name in its address.",
            "the short name of a topic, as /topics/ has it in its addresses",
            _topic,
            lambda slugs: _topics.condition(slugs),  # which topics there are is handed in later
            _topic_words,
            pattern=TOPIC,
        ),
        Filter(
            "status",
            "How far it has come.",
            ", ".join(STATUS_LABELS),
            _one_of(tuple(STATUS_LABELS), "status"),
            _in("status"),
            _said("{}", _status_words),
            choices=tuple(STATUS_LABELS),
        ),
        Filter(
            "introduced_after",
            "Introduced on a later day than this.",
            _DAY,
            day_named,
            lambda values: Q(introduced_on__gt=values[0]),
            _said("introduced after {}", _on),
            many=False,
        ),
        Filter(
            "introduced_before",
            "Introduced on an earlier day than this.",
            _DAY,
            day_named,
            lambda values: Q(introduced_on__lt=values[0]),
            _said("introduced before {}", _on),
            many=False,
        ),
        Filter(
            "changed_after",
            "Last changed here after the end of this day (UTC).",
            _DAY,
            day_named,
            lambda values: Q(changed_at__gte=_start(values[0]) + timedelta(days=1)),
            _said("changed after {}", _on),
            many=False,
        ),
        Filter(
            "updated_since",
            "Last changed here at this instant or later; a day is its beginning (UTC).",
            "an instant as 2025-05-01T12:00:00Z, or a day as YYYY-MM-DD",
            moment_named,
            lambda values: Q(changed_at__gte=values[0]),
            _said("changed since {}", _instant_text),
            many=False,
            always=False,
            text=_instant_text,
        ),
        Filter(
            "kind",
            "The kind of change.",
            ", ".join(ChangeEvent.Kind.values),
            _one_of(tuple(ChangeEvent.Kind.values), "kind of change"),
            _in("kind"),
            _said("{}", lambda kind: str(kind).replace("_", " ")),
            choices=tuple(ChangeEvent.Kind.values),
            always=False,
        ),
        Filter(
            "q",
            "Words that it has in its citation, titles, names, subjects or summaries; or a citation.",
            f"at most {LONGEST_TEXT} characters",
            text_words,
            lambda values: Q(),  # asked through `tracker.ledger.search`, which ranks
            lambda values: f"with {_quoted(values)}",
            many=False,
        ),
    )
}
"""Every filter of a list of measures, in the order in which a sentence says them."""
