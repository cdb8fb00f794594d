"""Reading the fields of a form of the desk: each trimmed and bounded, or refused with a sentence that says what to do."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from tracker.congress.calendar import valid_day
from tracker.desk.web_address import NotAnAddress, web_address

TEXT_SIZE = 50_000  # bytes of UTF-8

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class NotValid(ValueError):
    """What cannot be kept as it is: a sentence for each field by its name."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {words}" for name, words in errors.items()))
        self.errors = dict(errors)


class Reader:
    """Reads fields one by one; what is wrong is gathered, and raised all at once by `done`."""

    def __init__(
        self,
        fields: Mapping[str, Any],
        *,
        today: date | None = None,
        at: str = "",
        errors: dict[str, str] | None = None,
    ) -> None:
        self.fields, self.today, self.at = fields, today, at
        self.errors: dict[str, str] = {} if errors is None else errors

    def done(self) -> None:
        """Raise NotValid where anything was wrong."""
        if self.errors:
            raise NotValid(self.errors)

    def inside(self, row: Mapping[str, Any], at: str) -> Reader:
        """A reader of a row within these fields; `at` goes before the names in its errors."""
        return Reader(row, today=self.today, at=f"{self.at}{at}", errors=self.errors)

    def wrong(self, name: str, sentence: str) -> None:
        self.errors[f"{self.at}{name}"] = sentence

    def text(self, name: str, *, size: int = TEXT_SIZE, characters: int | None = None) -> str:
        """A text of several lines, without control signs and the white space round it."""
        given = self.fields.get(name)
        if given is None:
            return ""
        if not isinstance(given, str):
            self.wrong(name, "Give text here.")
            return ""
        text = _UNSEEN.sub("", given.replace("\r\n", "\n").replace("\r", "\n")).strip()
        length = len(text.encode())
        if length > size:
            self.wrong(name, f"This is {length:,} bytes long; at most {size:,} are kept. Shorten it.")
        elif characters is not None and len(text) > characters:
            self.wrong(
                name, f"This is {len(text):,} characters long; at most {characters:,} fit. Shorten it."
            )
        return text

    def line(self, name: str, characters: int) -> str:
        """A text on one line, every run of white space made single."""
        return " ".join(self.text(name, characters=characters).split())

    def day(self, name: str) -> str:
        """A day as YYYY-MM-DD, not still to come; empty where none is given."""
        text = self.line(name, 100)
        if not text:
            return ""
        day = valid_day(text)
        if day is None:
            self.wrong(name, f"“{text[:40]}” is no day since 1789. Write it as 2025-03-27.")
        elif self.today is not None and day > self.today:
            self.wrong(name, "This day is still to come. Is the year right?")
        return text

    def address(self, name: str) -> str:
        """An address of the web; empty where none is given."""
        text = self.text(name)
        if not text:
            return ""
        try:
            return web_address(text)
        except NotAnAddress as problem:
            self.wrong(name, str(problem))
            return text

    def one_of(self, name: str, choices: Collection[str]) -> str:
        """One of these; empty where none is given."""
        text = self.line(name, 100)
        if text and text not in choices:
            self.wrong(name, f"Choose one of: {', '.join(choices)}.")
            return ""
        return text

    def number(self, name: str) -> int | None:
        """A whole number from 1; None where none is given."""
        given = self.fields.get(name)
        if given is None or given == "":
            return None
        text = str(given) if isinstance(given, int | str) and not isinstance(given, bool) else ""
        if not re.fullmatch(r"[1-9]\d{0,8}", text.strip(), re.ASCII):
            self.wrong(name, "Choose one of the list, or none.")
            return None
        return int(text)

    def rows(self, name: str, most: int) -> list[Mapping[str, Any]]:
        """Rows of fields, at most `most`."""
        given = self.fields.get(name)
        if given is None:
            return []
        if not isinstance(given, list | tuple) or not all(isinstance(row, Mapping) for row in given):
            self.wrong(name, "Give a list of rows here.")
            return []
        if len(given) > most:
            self.wrong(
                name, f"There are {len(given)} of these; at most {most} are kept. Join some, or remove some."
            )
            return []
        return list(given)
