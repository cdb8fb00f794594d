"""What a mail says: the substance first, who stands behind it now and what that means, and why the reader hears of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core import mail

from tests.builders import AGREED, COONS, CRUZ, INTRODUCED, KING, REFERRED, held
from tests.following.cast import a_follower, deliver, following, from_here_on
from tracker.following.models import Follower

pytestmark = pytest.mark.django_db

LATER = "2025-06-03T10:00:00Z"
HOUSTON = ("J000032", "Sen. Houston, Sam [R-TX]", "R", "TX")


@pytest.fixture
def reader() -> Iterator[Follower]:
    """Follows S.Res. 145, which has one cosponsor."""
    held(cosponsors=[(COONS, "2025-03-27")])
    from_here_on()
    reader = a_follower()
    following(reader, "measure", "119/sres/145")
    return reader


def the_mail() -> str:
    """The words of the one mail that leaves now; its HTML says the same."""
    mail.outbox.clear()
    assert deliver() == 1
    (message,) = mail.outbox
    (html, kind) = message.alternatives[0]
    assert kind == "text/html"
    for line in (line.strip() for line in message.body.splitlines()):
        if (
            line.endswith(".")
            and "http" not in line
            and not line.startswith(("+", "−", "•", "~", "-", "You", "The log"))
        ):
            assert line.replace("'", "&#x27;") in html
    return str(message.body)


def join(*who: tuple[tuple[str, str, str, str], str]) -> None:
    """They join, beside Coons; known on June 3."""
    held(updated_at=LATER, cosponsors=[(COONS, "2025-03-27"), *who])


def test_the_first_of_the_sponsors_own_party_is_told_as_such(reader: Follower) -> None:
    join((CRUZ, "2025-06-02"))
    said = the_mail()
    assert "2 cosponsors now: 1 Democrat, 1 Republican. The first Republican to join its sponsor." in said


def test_one_name_more_says_which_of_its_party_it_is(reader: Follower) -> None:
    join((CRUZ, "2025-04-01"))
    the_mail()
    held(
        updated_at="2025-06-09T10:00:00Z",
        cosponsors=[(COONS, "2025-03-27"), (CRUZ, "2025-04-01"), (HOUSTON, "2025-06-08")],
    )
    assert "3 cosponsors now: 2 Republicans, 1 Democrat. The 2nd Republican to join." in the_mail()


def test_several_names_say_who_was_the_first_of_a_party(reader: Follower) -> None:
    join((CRUZ, "2025-06-01"), (KING, "2025-06-02"))
    said = the_mail()
    assert "3 cosponsors now: 1 Democrat, 1 Independent, 1 Republican." in said
    assert "The first Independent: Angus S. King Jr. (I-ME)." in said


def test_a_majority_is_told_with_the_name_that_made_it_and_from_then_on_in_short(reader: Follower) -> None:
    crowd = [((f"A{n:06}", f"Sen. Name{n}, A. [D-NC]", "D", "NC"), "2025-05-01") for n in range(48)]
    join(*crowd)
    assert "majority" not in the_mail()  # with the sponsor they are fifty
    join(*crowd, (CRUZ, "2025-06-02"))
    assert "The 51st name, its sponsor included: a majority of the Senate’s 100 seats." in the_mail()
    held(
        updated_at="2025-06-09T10:00:00Z",
        cosponsors=[(COONS, "2025-03-27"), *crowd, (CRUZ, "2025-06-02"), (HOUSTON, "2025-06-08")],
    )
    assert "The 2nd Republican to join. With its sponsor, a majority of the Senate." in the_mail()


def test_a_name_that_leaves_says_how_many_are_left(reader: Follower) -> None:
    held(updated_at=LATER, cosponsors=[(COONS, "2025-03-27", "2025-06-02")])
    said = the_mail()
    assert "0 cosponsors now." in said
    assert "withdrew as cosponsor" in said


def test_the_subject_counts_names_where_they_are_many(reader: Follower) -> None:
    join(*[((f"A{n:06}", f"Sen. Name{n}, A. [D-NC]", "D", "NC"), "2025-06-02") for n in range(9)])
    the_mail()
    assert mail.outbox[0].subject == "S.Res. 145 (119th): 9 more cosponsors, 10 now"


def test_what_moved_on_comes_before_what_merely_has_more_lines(reader: Follower) -> None:
    held(146, title="Bridges.")
    held(147, title="Roads.")
    from_here_on()
    following(reader, "measure", "119/sres/146")
    following(reader, "measure", "119/sres/147")
    held(
        146,
        title="Bridges of all kinds.",
        updated_at=LATER,
        cosponsors=[(COONS, "2025-06-01"), (CRUZ, "2025-06-02")],
    )
    held(147, title="Roads.", updated_at=LATER, actions=[AGREED, REFERRED, INTRODUCED])
    said = the_mail()
    assert said.index("S.Res. 147") < said.index("S.Res. 146")


def test_each_measure_says_why_it_is_told_where_there_are_several_reasons(reader: Follower) -> None:
    held(146, title="Bridges.")
    from_here_on()
    following(reader, "search", "q=bridges")
    join((CRUZ, "2025-06-02"))
    held(146, title="Bridges.", updated_at=LATER, actions=[AGREED, REFERRED, INTRODUCED])
    bridges, _, refugees = the_mail().partition("S.Res. 145 (119th)\n")
    assert "(told because you follow the search: " in bridges
    assert "“bridges”" in bridges
    assert "(told because you follow S.Res. 145 (119th Congress))" in refugees
