"""Versions of texts: codes, names and order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.congress.versions import VERSIONS, called, version_name, version_of_package, version_order


@pytest.mark.parametrize(
    ("package", "code"),
    [
        ("BILLS-119sres145is", "is"),
        ("BILLS-119hjres25enr", "enr"),
        ("BILLS-119hr1eh1s", "eh1s"),
        ("BILLS-119s1rfs2", "rfs2"),
        ("BILLS-119hr1RHUC", "rhuc"),
        ("PLAW-119publ4", "plaw"),
        ("PLAW-119pvtl1", "plaw"),
        ("BILLS-119sres145", None),
        ("BILLSTATUS-119sres145", None),
        ("CRPT-119hrpt4", None),
        ("", None),
        (None, None),
    ],
)
def test_a_package_names_its_version(package: str | None, code: str | None) -> None:
    assert version_of_package(package) == code


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("is", "Introduced in Senate"),
        ("IH", "Introduced in House"),
        ("ats", "Agreed to Senate"),
        ("rfs2", "Referred in Senate (reprint 2)"),
        ("eh1s", "Engrossed in House (reprint 1)"),
        ("plaw", "Public Law"),
        ("xyz", "XYZ"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_version_has_the_name_that_govinfo_gives_it(code: str | None, name: str) -> None:
    assert version_name(code) == name


@pytest.mark.parametrize(
    ("type", "course"),
    [
        ("hr", "ih rh pch eh rfs rs pcs eas enr plaw"),
        ("hjres", "ih rh eh rds pcs enr plaw"),
        ("s", "is rs pcs es rfh rh eah enr plaw"),
        ("sres", "is rcs rs ats"),
        ("hres", "ih rh lth"),
        (None, "ih rs pcs es rfh eas enr renr plaw unheard-of"),
    ],
)
def test_versions_come_in_the_order_of_procedure(type: str | None, course: str) -> None:
    codes = course.split()
    orders = [version_order(code, type) for code in codes]
    assert orders == sorted(set(orders))


def test_a_reprint_follows_what_it_prints_again() -> None:
    assert version_order("rfs") < version_order("rfs2") < version_order("enr")


@given(st.sampled_from(sorted(VERSIONS)), st.integers(1, 99), st.sampled_from(["hr", "s", None]))
def test_every_reprint_is_known_by_its_version(code: str, number: int, type: str | None) -> None:
    assert version_name(f"{code}{number}").startswith(VERSIONS[code])
    assert version_order(f"{code}{number}", type) > version_order(code, type)


@given(st.text(max_size=30))
def test_any_code_has_a_name_and_a_place(code: str) -> None:
    assert version_name(code) or not code
    assert version_order(code) >= 0
    version_of_package(code)


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("Reported to Senate", "rs", "Reported to Senate"),
        ("AS", "as", "Amendment Ordered to be Printed in Senate"),
        (None, "ih", "Introduced in House"),
        ("Public Law", None, "Public Law"),
        (None, None, ""),
    ],
)
def test_a_version_named_by_its_bare_code_is_called_by_what_the_code_means(name, code, said):
    assert called(name, code) == said
