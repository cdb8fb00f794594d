"""How to cite a measure in print, in the usual legal form."""

from __future__ import annotations

from datetime import date

from tracker.congress.calendar import session_on
from tracker.ledger.filters import ordinal

_PRINTED = {
    "hr": "H.R.",
    "s": "S.",
    "hjres": "H.J. Res.",
    "sjres": "S.J. Res.",
    "hconres": "H. Con. Res.",
    "sconres": "S. Con. Res.",
    "hres": "H. Res.",
    "sres": "S. Res.",
}


def printed_citation(
    congress: int, type: str, number: int, *, introduced_on: date | None, law: str | None = None
) -> str:
    """ "S. Res. 145, 119th Cong., 1st Sess. (2025)", or "H.J. Res. 25, 119th Cong., Pub. L. No. 119-5 (2025)" where
    `law` is what `printed_law` gives. Without a day of introduction, year and session are left out.
    """
    parts = [f"{_PRINTED[type]} {number}", f"{_legal(congress)} Cong."]
    if law:
        parts.append(law)
    elif introduced_on:
        parts.append(f"{_legal(session_on(introduced_on))} Sess. ({introduced_on.year})")
    return ", ".join(parts)


def printed_law(type: str | None, number: str, on: date | None) -> str:
    """ "Pub. L. No. 119-5 (2025)" or "Priv. L. No. 119-1", from a law's type and number and the day it became law."""
    kind = "Priv" if (type or "").casefold().startswith("private") else "Pub"
    return f"{kind}. L. No. {number}{f' ({on.year})' if on else ''}"


def _legal(number: int) -> str:
    """Ordinals as lawyers print them: 1st, 2d, 3d, 119th, 122d."""
    return ordinal(number).replace("nd", "d").replace("rd", "d")
