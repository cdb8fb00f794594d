"""A QR code as the path of an SVG, so that a page can show it without an image, a style or a script of somebody else's."""

from __future__ import annotations

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # modules of white round it, as the standard asks


def qr_path(text: str) -> tuple[str, int]:
    """The `d` of an SVG path that draws the code, one unit a module, and the side of the square it stands in."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    return "".join(_run(x, y, length) for y, row in enumerate(rows) for x, length in _runs(row)), len(rows)


def _run(x: int, y: int, length: int) -> str:
    return f"M{x} {y}h{length}v1h-{length}z"


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where each run of dark modules begins, and how long it is."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs
