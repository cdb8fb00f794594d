"""Texts from GovInfo: where one is looked for, and what a zip of them gives."""

from __future__ import annotations

import pytest

from tests.sources.conftest import Asker
from tests.sources.loopback import Asked, Loopback, ok, redirect, refusal
from tests.sources.test_bulkzip import zipped
from tracker.sources.bill_texts import BillTexts, addresses, package_named
from tracker.sources.errors import BadAnswer, NotThere, SourceRefused

PACKAGE = "BILLS-119sres145is"
OWN = f"/content/pkg/{PACKAGE}/xml/{PACKAGE}.xml"
PLAIN = f"/content/pkg/{PACKAGE}/html/{PACKAGE}.htm"
BULK = f"/bulkdata/BILLS/119/1/sres/{PACKAGE}.xml"


@pytest.fixture
def texts(asker: Asker) -> BillTexts:
    return BillTexts(asker.fetcher, asker.server.url + "/")


@pytest.mark.parametrize(
    ("package", "named"),
    [
        (PACKAGE, (119, "sres", 145, "is")),
        ("BILLS-119hres5eh1s", (119, "hres", 5, "eh1s")),
        ("BILLS-119sconres7enr", (119, "sconres", 7, "enr")),
        ("BILLS-119s5is", (119, "s", 5, "is")),
        ("PLAW-119publ1", None),
        ("BILLS-119xres5is", None),
        ("BILLS-119sres145", None),
        (f"{PACKAGE}/../x", None),
    ],
)
def test_packages_are_read_by_their_names(package: str, named: tuple[int, str, int, str] | None) -> None:
    assert package_named(package) == named


@pytest.mark.parametrize(
    ("listed", "paths"),
    [
        ((), [OWN, PLAIN]),
        ((f"https://www.govinfo.gov{BULK}",), [BULK, OWN, PLAIN]),
        ((f"http://127.0.0.1:8700{OWN}",), [OWN, PLAIN]),
        ((f"https://www.govinfo.gov{PLAIN}",), [OWN, PLAIN]),
        # Congress.gov's own addresses answer programs with a riddle, a PDF is nothing to read
        (("https://www.congress.gov/119/bills/sres145/BILLS-119sres145is.xml",), [OWN, PLAIN]),
        ((f"https://www.govinfo.gov/content/pkg/{PACKAGE}/pdf/{PACKAGE}.pdf",), [OWN, PLAIN]),
        # another measure's text, a way out of the folder, and no address at all
        (("https://www.govinfo.gov/bulkdata/BILLS/119/1/sres/BILLS-119sres1is.xml",), [OWN, PLAIN]),
        ((f"https://www.govinfo.gov/bulkdata/BILLS/../../{PACKAGE}.xml", "http://[", ""), [OWN, PLAIN]),
    ],
)
def test_a_text_is_looked_for_where_the_record_points_then_at_its_own_places(
    listed: tuple[str, ...], paths: list[str]
) -> None:
    assert addresses(PACKAGE, listed) == paths


def test_enrolled_texts_are_looked_for_in_uslm_too() -> None:
    assert [path.split("/")[4] for path in addresses("BILLS-119hjres25enr")] == ["xml", "uslm", "html"]


def test_the_first_place_that_has_it_is_enough(server: Loopback, texts: BillTexts) -> None:
    server.answers(ok(b"<resolution/>"))
    assert texts.text(PACKAGE, (f"https://www.govinfo.gov{BULK}",)).body == b"<resolution/>"
    assert [asked.path for asked in server.asked] == [BULK]


def test_what_is_not_at_one_place_is_looked_for_at_the_next(server: Loopback, texts: BillTexts) -> None:
    def route(asked: Asked):
        return ok(b"<html><pre>so</pre></html>") if asked.path == PLAIN else redirect("/error")

    server.routed(route)
    assert texts.text(PACKAGE).body == b"<html><pre>so</pre></html>"
    assert [asked.path for asked in server.asked] == [OWN, PLAIN]
    assert server.asked[1].headers["accept"].startswith("text/html")


def test_what_is_nowhere_is_not_there(server: Loopback, texts: BillTexts) -> None:
    server.answers(refusal("404 Not Found"))
    with pytest.raises(NotThere, match=rf"^govinfo: text {PACKAGE}: not there"):
        texts.text(PACKAGE)


def test_a_source_that_refuses_is_not_asked_at_another_place(server: Loopback, texts: BillTexts) -> None:
    server.answers(refusal("403 Forbidden"))
    with pytest.raises(SourceRefused):
        texts.text(PACKAGE)
    assert [asked.path for asked in server.asked] == [OWN]


def test_a_zip_gives_its_texts_by_package_and_refuses_what_is_none(
    server: Loopback, texts: BillTexts
) -> None:
    server.answers(
        ok(
            zipped(
                (f"{PACKAGE}.xml", b"<resolution/>"),
                ("BILLS-119sres145ats.xml", b"<a/>"),
                ("BILLS-119hres1ih.xml", b"<a/>"),
                ("../BILLS-119sres1is.xml", b"<a/>"),
                ("BILLSTATUS-119sres145.xml", b"<a/>"),
            )
        )
    )
    with texts.zip(119, 1, "sres").zip as bulk:
        members = list(bulk.members())
    assert server.asked[0].path == "/bulkdata/BILLS/119/1/sres/BILLS-119-1-sres.zip"
    assert [member.name for member in members if member.error is None] == [
        f"{PACKAGE}.xml",
        "BILLS-119sres145ats.xml",
    ]
    assert members[2].error == "BILLS-119hres1ih.xml: no name of a text of 119/sres"


def test_a_page_instead_of_a_zip_is_a_bad_answer(server: Loopback, texts: BillTexts) -> None:
    server.answers(ok(b"<html>We'll be right back</html>"))
    with pytest.raises(BadAnswer, match="texts of 119/sres, session 1"):
        texts.zip(119, 1, "sres")
