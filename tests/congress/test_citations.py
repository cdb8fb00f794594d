"""Citations in the spellings that people, sources and addresses use; and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.congress.citations import Citation, find_citations, ordinal, parse_citation, parse_law
from tracker.congress.measures import TYPES

CITATIONS = st.builds(
    Citation, st.none() | st.integers(1, 199), st.sampled_from(sorted(TYPES)), st.integers(1, 99_999)
)

S145 = Citation(None, "sres", 145)
S145_119 = Citation(119, "sres", 145)
S599_118 = Citation(118, "sres", 599)


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        # as people write them
        ("S. Res. 145", S145),
        ("S.Res.145", S145),
        ("S.Res. 145", S145),
        ("SRES 145", S145),
        ("S RES 145", S145),
        ("sres145", S145),
        ("s-res-145", S145),
        ("Senate Resolution 145", S145),
        ("senate resolution no. 145", S145),
        ("Senate Res. 145", S145),
        ("the Senate Resolution 145", S145),
        ("“S. Res. 145”", S145),
        ("(S. Res. 145)", S145),
        ("S. Res. 145.", S145),
        ("  S.\u2003Res.\u00a0145 ", S145),
        ("S. Res. №145", S145),
        ("S.\u2011Res.\u2011145", S145),
        ("H.R. 1", Citation(None, "hr", 1)),
        ("H. R. 1", Citation(None, "hr", 1)),
        ("HR 1", Citation(None, "hr", 1)),
        ("hr1", Citation(None, "hr", 1)),
        ("H.R.1", Citation(None, "hr", 1)),
        ("House bill 1", Citation(None, "hr", 1)),
        ("S. 5", Citation(None, "s", 5)),
        ("s5", Citation(None, "s", 5)),
        ("Senate bill #5", Citation(None, "s", 5)),
        ("s.j.res 3", Citation(None, "sjres", 3)),
        ("Senate Joint Resolution No. 3", Citation(None, "sjres", 3)),
        ("H J RES 139", Citation(None, "hjres", 139)),
        ("hconres 14", Citation(None, "hconres", 14)),
        ("S. Con. Res. 42", Citation(None, "sconres", 42)),
        ("House Concurrent Resolution 12", Citation(None, "hconres", 12)),
        ("H.Res. 0599", Citation(None, "hres", 599)),
        # with a Congress
        ("H. Con. Res. 12 (118th Congress)", Citation(118, "hconres", 12)),
        ("118th Congress, S. Res. 599", S599_118),
        ("118th Cong., S. Res. 599", S599_118),
        ("118 S. Res. 599", S599_118),
        ("S. Res. 599, 118th Cong. (2024)", S599_118),
        ("S. Res. 599, 118th Cong., 2d Sess. (2024)", S599_118),
        ("S. Res. 599, 118th Cong., 2nd Sess. (2024)", S599_118),
        ("S. Res. 599 of the 118th Congress", S599_118),
        ("S. Res. 599 in the 118th Congress", S599_118),
        ("S.Res. 599 (118th)", S599_118),
        # ids, packages and addresses
        ("sres145-119", S145_119),
        ("119/sres/145", S145_119),
        ("/119/sres/145/", S145_119),
        ("119sres145", S145_119),
        ("BILLS-119sres145is", S145_119),
        ("BILLSTATUS-119sres145", S145_119),
        ("https://www.congress.gov/bill/119th-congress/senate-resolution/145/text?s=1&r=2#top", S145_119),
        ("congress.gov/bill/119th-congress/senate-resolution/145", S145_119),
        ("/bill/119th-congress/senate-resolution/145", S145_119),
        ("https://www.congress.gov/119/bills/sres145/BILLS-119sres145is.htm", S145_119),
        ("https://api.congress.gov/v3/bill/119/sres/145?format=json", S145_119),
        ("https://www.govinfo.gov/bulkdata/BILLSTATUS/119/sres/BILLSTATUS-119sres145.xml", S145_119),
        ("https://www.govinfo.gov/content/pkg/BILLS-119sres145is/xml/BILLS-119sres145is.xml", S145_119),
        ("https://www.govinfo.gov/app/details/BILLS-119sres145is", S145_119),
        ("https://www.govinfo.gov/link/bills/119/sres/145", S145_119),
        ("https://www.govtrack.us/congress/bills/119/sres145", S145_119),
        ("https://hdl.loc.gov/loc.uscongress/legislation.119sres145", S145_119),
        ("https://whereas.example/measures/119/sres/145/changes/", S145_119),
        ("https://www.congress.gov/bill/118th-congress/house-joint-resolution/7", Citation(118, "hjres", 7)),
    ],
)  # fmt: skip
def test_a_citation_is_read_in_any_spelling(text: str, citation: Citation | None) -> None:
    assert parse_citation(text) == citation


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "145", "Resolution 599", "Res. 599", "Joint Resolution 3", "Concurrent Resolution 3", "Bill 5", "H. 5",
        "S. Res.", "S. Res. 0", "S. Res. 100000", "S. Res. 145 and S. Res. 146", "S. Res. 145 text", "my S. Res. 145",
        "U.S. 50", "S. 5th", "H. Rept. 117-130", "Public Law 119-1", "119-1", "S1912-1913", "zres 5", "hamdt 5",
        "118th Congress, S. Res. 5 (119th Congress)", "S. Res. 599, 118th Cong. (2021)", "0th Congress, S. Res. 5",
        "https://www.congress.gov/bill/119th-congress/senate-resolution/", "https://www.congress.gov/member/x/T000476",
        "https://example.org/?a=/119/sres/145&b=/119/sres/146", "S. Res. " * 10_000,
    ],
)  # fmt: skip
def test_what_is_not_surely_one_measure_is_none(text: str) -> None:
    assert parse_citation(text) is None


@given(CITATIONS)
def test_what_is_printed_is_read_back(citation: Citation) -> None:
    assert parse_citation(citation.in_full) == citation
    assert parse_citation(str(citation), default_congress=citation.congress) == citation
    assert parse_citation(str(citation)) == Citation(None, citation.type, citation.number)
    if citation.key is not None:
        assert parse_citation(citation.key) == citation


@given(CITATIONS)
def test_what_is_printed_is_found_in_a_text(citation: Citation) -> None:
    (found,) = find_citations(f"It took up {citation.in_full}, and rose.")
    assert found.citation == citation
    assert found.text == citation.in_full


def test_a_default_congress_gives_way_to_the_one_that_is_cited() -> None:
    assert parse_citation("S. Res. 145", default_congress=119) == S145_119
    assert parse_citation("S. Res. 599 (118th Congress)", default_congress=119) == S599_118


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The senator introduced S. Res. 145; the House took up H.R. 1 and H.Res. 5.", ["S. Res. 145", "H.R. 1", "H.Res. 5"]),
        ("In the 118th Congress, S. Res. 599 was its forerunner.", ["118th Congress, S. Res. 599"]),
        ("S. Res. 599 (118th Congress), then S. 5.", ["S. Res. 599 (118th Congress)", "S. 5"]),
        ("Senate Joint Resolution No. 3 of the 119th Congress", ["Senate Joint Resolution No. 3 of the 119th Congress"]),
        ("It died with the 118th Congress. S. Res. 145 came after.", ["S. Res. 145"]),
        ("s. res. 5, h.r. 6, HR 7, HRES 8, SJRES 9, H. CON. RES. 10", ["s. res. 5", "h.r. 6", "HR 7", "HRES 8", "SJRES 9", "H. CON. RES. 10"]),
        ("“S. Res. 145” and H.R. 1’s fate—S. 5—is open", ["S. Res. 145", "H.R. 1", "S. 5"]),
        ("Senate Bill 1003, House bill 12 and Senate Bill No. 5", ["Senate Bill 1003", "House bill 12", "Senate Bill No. 5"]),
        ("under S.\nRes.\n145", ["S.\nRes.\n145"]),
        ("S. Con. Res. 42–43", ["S. Con. Res. 42"]),
        ("see https://www.congress.gov/bill/119th-congress/senate-resolution/145/text?x=1).",
         ["https://www.congress.gov/bill/119th-congress/senate-resolution/145/text?x=1"]),
        ("the file BILLS-119sres145is.xml", ["BILLS-119sres145is"]),
    ],
)  # fmt: skip
def test_citations_are_found_in_running_text(text: str, found: list[str]) -> None:
    citations = find_citations(text)
    assert [each.text for each in citations] == found
    assert all(text[each.start : each.end] == each.text for each in citations)


@pytest.mark.parametrize(
    "text",
    [
        "turn at S. 5th Street", "on U.S. 50", "on U. S. 50", "US 50", "24hr 2", "24 hr 2 min", "pages S1912-1913", "S 5",
        "H. Rept. 117-130", "S. Rept. 119-9", "Public Law 119-1", "5 U.S.C. 802(c)", "S. Hrg. 119-86", "S. Amdt. 5",
        "Resolution 599", "the joint resolution 3", "the people’s. 50 of them", "S. 5%", "S. 2.5", "S. 12-13", "John F. S. 5",
        "HR department", "Sres", "https://www.congress.gov/members", "S. 10:30",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_citation_is_left_alone(text: str) -> None:
    assert find_citations(text) == []


def test_two_congresses_for_one_number_are_no_citation() -> None:
    assert find_citations("118th Congress, S. Res. 5 (119th Congress)") == []


@given(st.text(alphabet="HSRhsr.es Joint Con-0123456789()’,th Congress/BILL", max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    end = 0
    for found in find_citations(text):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        end = found.end
    parse_citation(text)
    parse_law(text)


@pytest.mark.parametrize(
    "piece",
    ["S. Res. ", "(", "118th Congress, ", "https://", "www.", "1", "S. ", "9th Congress ", "BILLS-", " ", "S. Res. 1 ", "H.R."],
)  # fmt: skip
def test_a_megabyte_of_anything_is_read_in_one_go(piece: str) -> None:
    """No time is asserted: were it not linear, this would not end."""
    text = piece * (1_000_000 // len(piece))
    assert len(find_citations(text)) <= len(text) // 8
    assert parse_citation(text) is None
    assert parse_law(text) is None


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("Public Law 119-1", "119-1"),
        ("public law no. 119–1", "119-1"),
        ("Public Law No: 119-1", "119-1"),
        ("P.L. 119-1", "119-1"),
        ("PL 119-1", "119-1"),
        ("PL119-1", "119-1"),
        ("Pub. L. No. 119-1", "119-1"),
        ("Pub.L. 119-21.", "119-21"),
        ("PLAW-119publ1", "119-1"),
        ("Private Law 119-1", None),
        ("119-1", None),
        ("P.L. 119", None),
        ("P.L. 0-1", None),
        ("Public Law 119-1 and 119-2", None),
        ("", None),
    ],
)
def test_a_public_law_is_read_in_any_spelling(text: str, law: str | None) -> None:
    assert parse_law(text) == law


def test_numbers_are_counted_as_english_does() -> None:
    numbers = [1, 2, 3, 4, 11, 12, 13, 21, 101, 111, 112, 113, 118, 119, 122, 123]
    assert [ordinal(n) for n in numbers] == (
        [
            "1st",
            "2nd",
            "3rd",
            "4th",
            "11th",
            "12th",
            "13th",
            "21st",
            "101st",
            "111th",
            "112th",
            "113th",
            "118th",
            "119th",
            "122nd",
            "123rd",
        ]
    )
