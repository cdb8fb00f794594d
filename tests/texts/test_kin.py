"""How near two texts are: what is the same comes back as the same, formulas weigh nothing, and no input breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.records.text_model import Clause, digest_of
from tracker.texts import kin, titles
from tracker.texts.kin import Rarity, likeness, marks, words_of
from tracker.texts.words import split

RIVER = (
    "Whereas the dikes along the lower Brandywine were raised in 1931 by volunteers from eleven townships;",
    "Whereas salt marshes behind these dikes shelter terrapins, herons and the rare swamp pink orchid;",
    "Whereas engineers reported in 2019 that seepage has hollowed the embankment near Wilmington: Now, therefore, be it",
    "That the Senate urges the Corps of Engineers to mend the embankment before the spring floods.",
)
DESERT = (
    "Whereas saguaro cactus forests near Tucson burned for nineteen days in the drought of last summer;",
    "Whereas nurseries in four counties have sown seedlings on the scorched slopes: Now, therefore, be it",
    "That the Senate thanks the firefighters who saved the observatory on Kitt Peak.",
)
FORMULA = "That it is the sense of the Senate that the people of the United States should observe the day with programs."
NONE = Rarity(0, {})


def clauses(*texts: str) -> list[Clause]:
    return [Clause(f"w{at}", "recital", 0, text, digest_of(None, text)) for at, text in enumerate(texts, 1)]


def test_the_same_text_under_another_title_and_sponsor_is_the_same_measure() -> None:
    before = words_of(clauses(*RIVER), title="Mending dikes", sponsor="A000001")
    after = words_of(clauses(*RIVER), title="A better Delaware", sponsor="B000002")
    alike = likeness(before, after, NONE)
    assert alike.is_whole and alike.score == 100
    assert [each.how for each in alike.carried] == ["same"] * 4
    assert not alike.same_sponsor and not alike.same_title and alike.title_words == ()


def test_an_edited_clause_is_nearly_the_same_and_named_where_it_stands_in_either() -> None:
    edited = RIVER[0].replace("eleven townships", "twelve townships and boroughs")
    alike = likeness(words_of(clauses(*RIVER)), words_of(clauses(DESERT[0], edited)), NONE)
    assert [(each.before, each.after, each.how) for each in alike.carried] == [("w1", "w2", "nearly")]
    assert not alike.is_whole


def test_a_clause_that_stands_several_times_came_from_its_own_place() -> None:
    before = words_of(clauses(RIVER[0], DESERT[0], RIVER[0], *RIVER[1:]))
    after = words_of(clauses(RIVER[0], DESERT[1], RIVER[0], *RIVER[1:]))
    carried = likeness(before, after, NONE).carried
    assert [(each.before, each.after) for each in carried[:2]] == [("w1", "w1"), ("w3", "w3")]
    assert all(each.how == "same" for each in carried)


def test_what_shares_a_formula_only_is_no_kin() -> None:
    holding = dict.fromkeys(split(FORMULA), 990)
    common = Rarity(1_000, holding)
    alike = likeness(words_of(clauses(*RIVER, FORMULA)), words_of(clauses(*DESERT, FORMULA)), common)
    assert not alike.is_kin
    assert [each.how for each in alike.carried] == ["same"]


def test_a_rare_paragraph_makes_two_measures_kin_and_not_the_same() -> None:
    long = RIVER[0] + " " + RIVER[1]
    alike = likeness(words_of(clauses(long, *RIVER[2:])), words_of(clauses(*DESERT, long)), NONE)
    assert alike.is_kin
    other = likeness(words_of(clauses(*RIVER)), words_of(clauses(*DESERT)), NONE)
    assert not other.is_kin and other.score < 10


def test_housekeeping_that_differs_in_a_name_is_no_kin() -> None:
    def disapproved(rule: str, title: str) -> kin.Words:
        said = f"That Congress disapproves the rule submitted by the Bureau of Ferries relating to {rule}, and such rule shall have no force or effect."
        return words_of(clauses(said), title=title)

    title = "Providing for congressional disapproval of the rule submitted by the Bureau of Ferries."
    one, two = (
        disapproved("harbor lanterns and pier lights", title),
        disapproved("deckhand wages and barge crews", title),
    )
    form = Rarity(1_000, dict.fromkeys(disapproved("", title).clauses[0][1], 950))
    assert not likeness(one, two, form).is_kin
    assert likeness(one, disapproved("harbor lanterns and pier lights", title), form).is_whole
    elected = words_of(clauses(*RIVER), title="Electing a Member to a certain standing committee.")
    assert not likeness(elected, elected, NONE).is_kin


def test_a_form_of_a_statute_that_names_another_country_is_no_kin() -> None:
    def asked(country: str) -> kin.Words:
        said = f"That the Senate requests a statement on the practices of the Government of {country}, and on aid to {country}."
        title = f"A resolution requesting information on {country}'s human rights practices."
        return words_of(clauses(*RIVER, said), title=title, sponsor="A000001")

    assert not likeness(asked("Ruritania"), asked("Illyria"), NONE).is_kin
    assert likeness(asked("Ruritania"), asked("Ruritania"), NONE).is_whole


def test_what_titles_name_in_quotation_marks_tells_a_rewritten_text_and_another_name_does_not() -> None:
    def observed(title: str, *said: str) -> kin.Words:
        return words_of(clauses(*said), title=title)

    one = observed('Supporting the goals of "Brandywine Dike Day".', *RIVER[:2], *DESERT)
    two = observed('A resolution designating May 5, 2025, as "National Brandywine Dike Day".', *RIVER)
    alike = likeness(one, two, NONE)
    assert kin.NAMED <= alike.whole < kin.WHOLE and alike.is_whole
    assert not likeness(one, observed('Designating May 5, 2025, as "Salt Marsh Day".', *RIVER), NONE).is_whole


def test_a_team_that_wins_again_in_the_same_words_is_no_kin() -> None:
    def won(season: str) -> kin.Words:
        return words_of(
            clauses(*RIVER), title=f"Congratulating the Terrapins on their victory in Super Bowl {season}."
        )

    assert not likeness(won("LVII"), won("LVIII"), NONE).is_kin
    assert likeness(won("LVII"), won("LVII"), NONE).is_whole


def test_the_next_seasons_victory_is_another_however_it_is_praised() -> None:
    def won(season: str) -> kin.Words:
        title = f"Commending the Wilmington Terrapins hockey team for winning the {season} Harbor Cup."
        return words_of(clauses(*RIVER), title=title)

    assert not likeness(won("2023"), won("2024"), NONE).is_kin
    assert likeness(won("2024"), won("2024"), NONE).is_whole


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Impeaching John Deacon Bates, a judge.", "Impeaching Amir Hatem Mahdy Ali, a judge.", False),
        ("Impeaching John James McConnell Jr., Chief Judge.", "Impeaching John Glover Roberts, Jr.", False),
        ("Impeaching Donald J. Trump, President.", "Impeaching Donald John Trump, President of the United States.", True),
        ("Impeaching President Joseph Robinette Biden, for high crimes.", "Impeaching Joseph R. Biden, Jr., President.", True),
        ("Censuring and condemning Adam Schiff, Representative.", "Censuring Adam Schiff, Representative.", True),
        ("Honoring the life and legacy of Carl Daniel Erskine.", "A resolution honoring the life of Patrick Gottsch.", False),
        ("A resolution honoring the life of Carl Erskine.", "Honoring the life and legacy of Carl Daniel Erskine.", True),
        ("Congratulating the Florida Gators on the 2025 title.", "Congratulating the Florida Panthers on the 2025 title.", False),
        (
            'To designate the facility of the United States Postal Service located at 3 Main Street as the "Ida Lubin Post Office".',
            'To designate the facility of the United States Postal Service located at 9 Elm Street as the "Paul Poff Post Office".',
            False,
        ),
        ("Congratulating the Terrapins on a victory.", "Celebrating what the Terrapins won.", True),
    ],
)  # fmt: skip
def test_one_wording_about_two_people_makes_two_measures_and_two_spellings_of_a_name_do_not(
    one: str, two: str, same: bool
) -> None:
    alike = likeness(words_of(clauses(*RIVER), title=one), words_of(clauses(*RIVER), title=two), NONE)
    assert (alike.is_whole, alike.is_kin) == (same, same)


def test_what_statutes_of_any_subject_say_is_no_paragraph_in_common() -> None:
    effects = (
        "The budgetary effects of this Act, for the purpose of complying with the Statutory Pay-As-You-Go Act of 2010, shall be "
        "determined by reference to the latest statement titled Budgetary Effects of PAYGO Legislation for this Act, submitted for "
        "printing in the Congressional Record by the Chairman of the House Budget Committee, before the vote on passage."
    )
    alike = likeness(words_of(clauses(*RIVER, effects)), words_of(clauses(*DESERT, effects)), NONE)
    assert [each.how for each in alike.carried] == ["same"] and not alike.is_by_paragraph
    told = effects.replace("budgetary effects of this Act", "colours of the herons")
    assert likeness(words_of(clauses(*RIVER, told)), words_of(clauses(*DESERT, told)), NONE).is_by_paragraph


def test_several_clauses_in_common_make_kin_where_titles_touch_and_name_no_other() -> None:
    shared = (
        "calls on the Corps to seal the Wilmington embankment;",
        "urges the Corps to replant the orchid and terrapin marshes;",
        "asks the volunteers to lease their pumps and their barges;",
    )
    form = Rarity(
        1_000,
        dict.fromkeys(split("calls urges asks on the to with and their whereas of in for that a by"), 990),
    )

    def said(title: str, *texts: str) -> kin.Words:
        return words_of(clauses(*texts, *shared), title=title)

    one, two = (
        said("Mending the Wilmington dikes", *RIVER[:3]),
        said("Marshes behind Wilmington", *DESERT, *DESERT[:1]),
    )
    alike = likeness(one, two, form)
    assert alike.paragraph < kin.PARAGRAPH and not alike.is_whole and alike.is_kin
    assert not likeness(one, said("Saguaro forests", *DESERT), form).is_by_paragraph
    assert not likeness(
        said('Supporting the goals of "Wilmington Dike Week"', *RIVER[:3]),
        said('Supporting the goals of "Wilmington Marsh Week"', *DESERT),
        form,
    ).is_by_paragraph
    fewer = words_of(clauses(*RIVER[:3], *shared[:2]), title="Mending the Wilmington dikes")
    assert not likeness(fewer, two, form).is_by_paragraph


def test_where_next_to_nothing_of_a_text_is_printed_its_title_decides() -> None:
    def bill(*said: str) -> kin.Words:
        return words_of(clauses(*said), title="Inspector General Independence Act", sponsor="A000001")

    contents = "Table of contents The table of contents for this Act is as follows:"
    assert likeness(bill(*RIVER), bill(contents), NONE).is_by_title
    assert not likeness(bill(*RIVER), bill(*DESERT), NONE).is_by_title


def test_a_bill_is_told_by_any_of_its_titles_that_says_enough_word_for_word() -> None:
    short = titles.names(
        "PLUM Act of 2020", [("Picket Line Protection Act of 2025", "Short Title(s) as Introduced")]
    )
    assert short == {("picket", "line", "protection")}
    assert short.isdisjoint(titles.names("Protection on the Picket Line Act"))
    assert titles.names("To amend title 5, United States Code, and for other purposes.") == frozenset()
    assert (
        titles.names("PLUM Act", [("Picket Line Protection Act", "Short Title(s) for portions of this bill")])
        == frozenset()
    )
    one, two = (titles.names(f"Energy and Water Appropriations Act, {year}") for year in (2025, 2026))
    assert one and two and one.isdisjoint(two)


def test_a_name_is_the_same_with_accents_and_without() -> None:
    assert split("Nicolás Maduro’s régime") == split("Nicolas Maduro's regime")


def test_titles_are_looked_up_and_judged_by_what_they_say_and_not_by_their_form() -> None:
    def bill(title: str, sponsor: str) -> kin.Words:
        return words_of((), title=title, sponsor=sponsor)

    old, new = bill("PLUM Act of 2020", "A000001"), bill("PLUM Act", "A000001")
    assert kin.title_marks(old) & kin.title_marks(new)
    assert likeness(old, new, NONE).is_by_title and not likeness(old, new, NONE).is_whole
    assert not likeness(old, bill("PLUM Act", "B000002"), NONE).is_by_title
    grown = bill("Inspector General Independence and Empowerment Act", "A000001")
    assert likeness(bill("Inspector General Independence Act", "A000001"), grown, NONE).is_by_title
    assert kin.title_marks(bill("A bill", "A000001")) == frozenset()
    elected = "Electing a Member to a certain standing committee."
    assert not likeness(bill(elected, "A000001"), bill(elected, "A000001"), NONE).is_by_title


def test_days_and_years_are_no_part_of_what_a_title_says() -> None:
    before = words_of(clauses(*RIVER), title="A resolution designating May 12, 2024, as River Day.")
    after = words_of(clauses(*RIVER), title="Designating May 11, 2025, as River Day.")
    assert likeness(before, after, NONE).same_title


def test_the_same_sentence_has_the_same_marks_wherever_it_stands() -> None:
    one, two = words_of(clauses(*RIVER)), words_of(clauses(DESERT[0], RIVER[2]))
    assert len(set(marks(one)) & set(marks(two))) == kin.MARKS_A_CLAUSE
    assert (
        len(marks(words_of(clauses(*(f"{text} {n}" for n in range(200) for text in RIVER)))))
        <= kin.MOST_MARKS
    )


SAID = st.lists(
    st.one_of(st.text(max_size=80), st.lists(st.sampled_from(RIVER + DESERT), max_size=3).map(" ".join)),
    max_size=6,
)


@given(SAID, SAID, st.text(max_size=30))
@settings(max_examples=60, deadline=None)
def test_any_two_texts_have_a_likeness_that_is_the_same_from_either_side(
    one: list[str], two: list[str], title: str
) -> None:
    before, after = words_of(clauses(*one), title=title), words_of(clauses(*two), title=title)
    there, back = likeness(before, after, NONE), likeness(after, before, NONE)
    assert 0 <= there.whole <= there.part <= 1
    assert (there.whole, there.part, there.subject) == (back.whole, back.part, back.subject)
    assert all(
        each.before in dict(before.clauses) and each.after in dict(after.clauses) for each in there.carried
    )
    own = likeness(before, before, NONE)
    assert not before.clauses or own.whole == 1


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_has_words_and_marks_that_the_database_holds(text: str) -> None:
    assert all(0 <= mark < 2**63 for mark in marks(words_of(clauses(text))))
