"""Lines of CSV for whoever opens them in a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable

_FORMULA = re.compile(r"[=+\-@\t\r]")


class _Line:
    """A file that hands back what is written to it, so that csv's lines can be sent one by one."""

    def write(self, line: str) -> str:
        return line


_writer = csv.writer(_Line())


def csv_line(cells: Iterable[object]) -> str:
    """One line with its end (RFC 4180). None is an empty cell; one that a spreadsheet would take for a formula gets a ' before it."""
    line: str = _writer.writerow(["" if cell is None else harmless(str(cell)) for cell in cells])
    return line


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
