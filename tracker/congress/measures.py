"""The eight types of measures, and what each is called."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MeasureType:
    """One type: `code` as in addresses and ids, `abbreviation` as citations print it, `form` what it can become."""

    code: str
    abbreviation: str
    name: str
    chamber: str  # house, senate: where it begins
    form: str  # bill, joint, concurrent, simple
    congress_gov: str  # as in Congress.gov's own addresses


TYPES: dict[str, MeasureType] = {
    t.code: t
    for t in (
        MeasureType("hr", "H.R.", "House bill", "house", "bill", "house-bill"),
        MeasureType("s", "S.", "Senate bill", "senate", "bill", "senate-bill"),
        MeasureType(
            "hjres", "H.J.Res.", "House joint resolution", "house", "joint", "house-joint-resolution"
        ),
        MeasureType(
            "sjres", "S.J.Res.", "Senate joint resolution", "senate", "joint", "senate-joint-resolution"
        ),
        MeasureType(
            "hconres",
            "H.Con.Res.",
            "House concurrent resolution",
            "house",
            "concurrent",
            "house-concurrent-resolution",
        ),
        MeasureType(
            "sconres",
            "S.Con.Res.",
            "Senate concurrent resolution",
            "senate",
            "concurrent",
            "senate-concurrent-resolution",
        ),
        MeasureType("hres", "H.Res.", "House resolution", "house", "simple", "house-resolution"),
        MeasureType("sres", "S.Res.", "Senate resolution", "senate", "simple", "senate-resolution"),
    )
}


def measure_type(code: str) -> MeasureType:
    """The type with this code. Raises KeyError for anything else."""
    return TYPES[code]
