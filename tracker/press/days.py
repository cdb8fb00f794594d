"""Days that an article names: in full, without their year, or as seen from the day it was written.

Each becomes the span of days that the words can mean: "March 20" one day, "last month" a month, "Wednesday" the last
Wednesday up to the article's own day. What lies ahead, and a month that may be a verb, is no day here.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.congress.numbers import NUMBERS

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTHS["sept"] = 9
_WEEKDAYS = {name.casefold(): number for number, name in enumerate(calendar.day_name)}
_NUMBERS = {word: number for number, word in enumerate(NUMBERS[:13]) if number} | {"a": 1, "an": 1}

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_MONTH = rf"(?:{_MONTH}|(?:JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)\b\.?)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_YEAR = r"(?:17|18|19|20|21)[0-9]{2}(?![0-9])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])"
_DAYS = re.compile(
    rf"""(?<![\w.])(?:
      (?:(?P<wd>{_WEEKDAY}),?[ ])?
      (?:(?P<month>{_MONTH})[ ]{{1,2}}(?P<day>{_DAY})(?:st|nd|rd|th)?(?:,?[ ]{{1,2}}(?P<year>{_YEAR})|,?[ ]of[ ](?P<ofyear>(?i:last|this)[ ]year))?(?![\w-]*[0-9])
        |(?P<day2>{_DAY})(?:st|nd|rd|th)?[ ](?:of[ ])?(?P<month2>{_MONTH})(?:,?[ ](?P<year2>{_YEAR}))?)
     |(?P<iso>{_YEAR}-[0-9]{{2}}-[0-9]{{2}})(?![0-9-])
     |(?P<m3>1[0-2]|0?[1-9])/(?P<d3>{_DAY})/(?P<y3>(?:20)?[0-9]{{2}})(?![0-9/])
     |(?P<in>(?i:in|during|since|of|until)[ ](?:(?i:early|mid|late)[ -])?)(?P<month4>{_MONTH})(?:,?[ ](?:of[ ])?(?P<year4>{_YEAR}|(?i:last|this)[ ]year))?(?!\.?[ ]?[0-9])
     |(?P<lastmonth>(?i:last|this[ ]past|this))[ ](?P<month5>{_MONTH})(?!\.?[ ]?[0-9])
     |(?P<feast>Christmas[ ]Eve|Christmas(?:[ ]Day)?|New[ ]Year's[ ](?:Day|Eve)|Independence[ ]Day|Veterans[ ]Day|Valentine's[ ]Day|Halloween|Flag[ ]Day|Juneteenth)(?![ ][A-Z])
     |(?i:in|during|since|back[ ]in)[ ](?P<year6>{_YEAR})
     |(?P<lastwd>(?i:last|this[ ]past|this)[ ])?(?P<wd7>{_WEEKDAY})(?i:[ ](?P<wdpart>morning|afternoon|evening|night|last))?
     |(?P<word>(?i:yesterday|today|tonight|this[ ](?:very[ ])?(?:morning|afternoon|evening|day)
        |(?:earlier[ ])?this[ ](?:week|month|year)|(?:late[ ]|early[ ])?last[ ](?:week|month|year)|last[ ]night))
     |(?P<then>(?i:the[ ](?:same|next|following)[ ]day|that[ ](?:same[ ])?day|the[ ]day[ ]after|(?:a|one|two|three|four|five|six|seven|eight|nine|ten)[ ]days?[ ](?:later|after[ ]that|afterwards?)|a[ ]week[ ]later))
     |(?P<count>(?i:[0-9]{{1,3}}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))[ ](?P<unit>(?i:day|week|month|year))s?[ ](?P<since>(?i:ago|earlier|before[ ]that))
    )(?![\w])""",
    re.VERBOSE,
)

_FEASTS = {
    "New Year's": (1, 1), "Valentine's": (2, 14), "Flag": (6, 14), "Juneteenth": (6, 19), "Independence": (7, 4),
    "Halloween": (10, 31), "Veterans": (11, 11), "Christmas Eve": (12, 24), "Christmas": (12, 25), "New Year's Eve": (12, 31),
}  # fmt: skip

_NEAR = 120  # signs back to the day from which "the next day" is counted
_AHEAD = re.compile(r"(?i)\b(?:next|coming|upcoming|by|until|before|through)(?: (?:the|this))?\s*$")


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days that words from `start` to `end` of a plain text name; `words` are those words.

    `others` holds single days that the words may mean as well: "last Tuesday", written on a Thursday, is two days or
    nine days before. `exact` is whether one single day is named.
    """

    start: int
    end: int
    words: str
    first: date
    last: date
    others: tuple[date, ...] = ()
    dated: bool = False  # with its year
    counted: bool = False  # from another day of the text: "two days later" is as right as that one
    also: tuple[date, date] | None = (
        None  # the same in the year named last before it: "on May 3, 2023, … in September"
    )

    @property
    def exact(self) -> bool:
        return self.first == self.last and not self.others

    def holds(self, day: date) -> bool:
        """Whether the words can mean this day."""
        if self.also is not None and self.also[0] <= day <= self.also[1]:
            return True
        return self.first <= day <= self.last or day in self.others


def find_days(text: str, written_on: date, start: int = 0, end: int | None = None) -> Iterator[Days]:
    """The days that a plain text names, as meant by someone who writes on `written_on`, in their order."""
    told: date | None = None  # the last single day named, close by
    told_at = 0
    spoken: int | None = None  # the year last named, with a day or without
    spoken_at = 0
    year: int | None = None  # a whole year, named directly before
    year_at = 0
    for found in _DAYS.finditer(text, start, len(text) if end is None else end):
        if (
            not found["iso"]
            and _AHEAD.search(text, max(0, found.start() - 24), found.start())
            and (
                text[max(0, found.start() - 9) : found.start()]
                .strip()
                .casefold()
                .endswith(("next", "coming"))
            )
        ):
            continue
        if found["then"]:
            near = found.start() - told_at <= _NEAR and "\n" not in text[told_at : found.start()]
            meant = _after(found["then"], told if near else None, written_on)
        else:
            meant = _meant(found, written_on)
        if meant is not None:
            first, last, others = meant
            if (
                year is not None
                and first == last
                and found["month"]
                and not (found["year"] or found["ofyear"])
                and _THEN.fullmatch(text, year_at, found.start())
            ):
                first = last = _in_year(first, year)  # "last year, on March 11"
            year, year_at = (first.year, found.end()) if (last - first).days > 300 else (None, 0)
            told, told_at = (first if first == last else None), found.end()
            dated = bool(found["year"] or found["ofyear"] or found["year2"] or found["iso"] or found["y3"])
            begin = found.end("in") if found["in"] else found.start()
            by_month = found["month"] or found["month2"] or (found["month4"] and not found["year4"])
            also = None
            if dated or found["year4"] or found["year6"] or (last - first).days > 300:
                spoken, spoken_at = first.year, found.end()
            elif spoken and by_month and found.start() - spoken_at <= _SPOKEN and spoken < first.year:
                also = _in_year(first, spoken), _in_year(last, spoken)
                spoken_at = found.end()
            counted = bool(found["then"] or (found["since"] and "ago" not in found["since"].casefold()))
            yield Days(
                begin, found.end(), text[begin : found.end()], first, last, others, dated, counted, also
            )


_SPOKEN = 600  # signs after a year was named, within which a day without one may be of it
_THEN = re.compile(r",? (?:on )?")


def _in_year(day: date, year: int) -> date:
    leap_day = (day.month, day.day) == (2, 29) and not calendar.isleap(year)
    return day if leap_day else day.replace(year=year)


def _after(words: str, told: date | None, today: date) -> tuple[date, date, tuple[date, ...]] | None:
    """ "The next day", counted from the day named before it."""
    if told is None:
        return None
    plain = words.casefold()
    days = 0 if "same" in plain or plain.startswith("that") else 1
    if "later" in plain or "after that" in plain or "afterward" in plain:
        days = 7 if "week" in plain else _NUMBERS[plain.split()[0]]
    day = told + timedelta(days=days)
    return _one(day) if day <= today else None


def _meant(found: re.Match[str], today: date) -> tuple[date, date, tuple[date, ...]] | None:
    try:
        return _span(found, today)
    except (ValueError, OverflowError):  # "Feb. 30", a year that no calendar has
        return None


def _span(found: re.Match[str], today: date) -> tuple[date, date, tuple[date, ...]] | None:
    month = found["month"] or found["month2"]
    if month:
        number, day = _month(month), int(found["day"] or found["day2"])
        year = found["year"] or found["year2"]
        if found["ofyear"]:
            year = str(today.year - found["ofyear"].casefold().startswith("last"))
        return _one(date(int(year), number, day) if year else _last_such(number, day, today))
    if found["iso"]:
        return _one(date.fromisoformat(found["iso"]))
    if found["m3"]:
        year = int(found["y3"])
        return _one(date(year + 2000 if year < 100 else year, int(found["m3"]), int(found["d3"])))
    month = found["month4"] or found["month5"]
    if month:
        before = bool(found["month5"]) and "last" in found["lastmonth"].casefold()
        return _month_of(_month(month), found["year4"], today, before=before)
    if found["year6"]:
        year = int(found["year6"])
        return date(year, 1, 1), date(year, 12, 31), ()
    if found["feast"]:
        return _one(_last_such(*_FEASTS[found["feast"].removesuffix(" Day")], today))
    if found["wd7"]:
        return _weekday(_WEEKDAYS[found["wd7"].casefold()], found["lastwd"], today)
    if found["word"]:
        return _word(" ".join(found["word"].casefold().split()), today)
    return _ago(found["count"], found["unit"].casefold(), today)


def _month(written: str) -> int:
    return _MONTHS[written.rstrip(".").casefold()]


def _one(day: date) -> tuple[date, date, tuple[date, ...]]:
    return day, day, ()


def _last_such(month: int, day: int, today: date) -> date:
    """The last day of this name up to today. 29 February may lie some years back."""
    for year in range(today.year, today.year - 9, -1):
        if day == 29 and month == 2 and not calendar.isleap(year):
            continue
        if (such := date(year, month, day)) <= today:
            return such
    raise ValueError("no such day")


def _month_of(
    month: int, year: str | None, today: date, *, before: bool
) -> tuple[date, date, tuple[date, ...]]:
    if year and "year" in year:
        named = today.year - year.casefold().startswith("last")
    elif year:
        named = int(year)
    else:
        named = today.year if month < today.month or (month == today.month and not before) else today.year - 1
    return date(named, month, 1), date(named, month, calendar.monthrange(named, month)[1]), ()


def _weekday(weekday: int, last: str | None, today: date) -> tuple[date, date, tuple[date, ...]]:
    nearest = today - timedelta(days=(today.weekday() - weekday) % 7)
    others: list[date] = []
    if nearest == today:
        others.append(today - timedelta(days=7))
    elif last and last.strip().casefold() == "last":
        others.append(nearest - timedelta(days=7))
    return nearest, nearest, tuple(others)


def _word(word: str, today: date) -> tuple[date, date, tuple[date, ...]]:
    if word in ("yesterday", "last night"):
        return _one(today - timedelta(days=1))
    if word.endswith("week"):
        monday = today - timedelta(days=today.weekday())
        if "this" in word:
            return min(monday - timedelta(days=1), today - timedelta(days=6)), today, ()
        return monday - timedelta(days=8), today - timedelta(days=1), ()
    if word.endswith("month"):
        first = today.replace(day=1)
        if "this" in word:
            return first, today, ()
        return (first - timedelta(days=1)).replace(day=1), first - timedelta(days=1), ()
    if word.endswith("year"):
        year = today.year if "this" in word else today.year - 1
        return date(year, 1, 1), min(today, date(year, 12, 31)), ()
    return _one(today)


def _ago(count: str, unit: str, today: date) -> tuple[date, date, tuple[date, ...]]:
    number = _NUMBERS.get(count.casefold()) or int(count)
    about = {"day": 1, "week": 7, "month": 30, "year": 365}[unit] * number
    loose = {"day": 0, "week": 3, "month": 16, "year": 60}[unit]
    middle = today - timedelta(days=about)
    return middle - timedelta(days=loose), min(today, middle + timedelta(days=loose)), ()


_LINES = 4  # of an article, among which its own date stands
_DATELINE = 400  # signs


def dateline(text: str) -> date | None:
    """The day that the article itself gives as its own, with its year, at its head; None where it gives none."""
    head = "\n".join(line for line in text[: 4 * _DATELINE].splitlines() if line.strip())
    for line in head.splitlines()[:_LINES]:
        for found in _DAYS.finditer(line[:_DATELINE]):
            if not (found["year"] or found["year2"] or found["iso"] or found["y3"]):
                continue
            before = line[: found.start()]
            after = line[found.end() : found.end() + 12]
            stands_alone = found.start() <= 60 and re.search(
                r"(?:^|[,|(/:–-]|\bby .{0,40}|(?:up|publish|post|print)\w* (?:on )?)\s*$", before, re.I
            )
            ends = re.match(r",?\s*(?:[.|)–:-]|at [0-9]|[0-9]{1,2}:[0-9]{2}|$)", after)
            if stands_alone and ends:
                meant = _meant(found, date(2000, 1, 1))
                if meant is not None:
                    return meant[0]
    return None
