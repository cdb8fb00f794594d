"""`manage.py check_article FILE`: which measures an article names, and where it disagrees with the official record."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from tracker.congress.calendar import valid_day
from tracker.ledger.command import LedgerCommand
from tracker.press.check import MOST_SIGNS, CheckResult, TooLong, check
from tracker.press.telling import VERDICTS, record_told, summary

_MOST_BYTES = 4 * MOST_SIGNS


class Command(LedgerCommand):
    help = "Read a press article as text; print which measures it names, and where it disagrees with the official record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", help="the article as UTF-8 text; - reads it from the standard input"
        )
        parser.add_argument(
            "--date",
            metavar="D",
            help="the day it was published, as 2025-02-12 (else the article's own, else today)",
        )
        parser.add_argument(
            "--json", action="store_true", help="print JSON, as POST /api/v1/check answers it"
        )

    def run(self, **options: Any) -> int:
        day = valid_day(options["date"]) if options["date"] else None
        if options["date"] and day is None:
            self.problem(f"--date {options['date']}: not a day; write it as 2025-02-12")
            return 1
        try:
            text = self._read(options["file"])
            result = check(text, day)
        except (OSError, UnicodeDecodeError, TooLong) as error:
            self.problem(f"{options['file']}: {_told(error)}")
            return 1
        if options["json"]:
            self.say(json.dumps(result.as_json(), ensure_ascii=False, indent=1))
        else:
            for line in _lines(result):
                self.say(line)
        return 0

    def _read(self, name: str) -> str:
        """The words of the file, with its line ends as they are: places are counted in them."""
        if name == "-":
            body = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                body = file.read(_MOST_BYTES + 1)
        if len(body) > _MOST_BYTES:
            raise TooLong(f"The text is too long; at most {MOST_SIGNS:,} characters can be checked.")
        return body.decode()


def _told(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8 text (byte {error.start})"
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def _lines(result: CheckResult) -> list[str]:
    by = {"given": "as given", "article": "as the article says", "today": "today"}[result.dated_by]
    lines = [f"Checked for {result.date} ({by})."]
    if not result.measures:
        return [*lines, "No measure of Congress is named in it."]
    lines.append("")
    for cited in result.measures:
        meant = cited.measure or "not sure which"
        sure = "" if cited.sure or cited.measure is None else " (not sure)"
        lines.append(f"{_one_line(cited.cited_as)} → {meant}{sure}: {cited.why}")
    lines.append("")
    for claim in result.claims:
        word, sign = VERDICTS[claim.verdict]
        lines.append(f"{sign} {word}: “{_one_line(claim.quote)}” [{claim.kind}, {claim.measure}]")
        if told := record_told(claim):
            lines.append(f"    {_one_line(told)}")
        if claim.note:
            lines.append(f"    {_one_line(claim.note)}")
    if result.remarks:
        lines.append("")
        lines += [f"{remark.measure}: {remark.text}" for remark in result.remarks]
    return [*lines, "", summary(result)]


def _one_line(words: str) -> str:
    return " ".join(words.split())
