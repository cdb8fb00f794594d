"""`/measures/…/story`: the paragraph of a measure with the proof of each phrase."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from tests.api.holding import WARNOCK, cosponsor, hold, record
from tracker.ledger.models import Measure
from tracker.records.model import ActionRecord, VoteReference

pytestmark = pytest.mark.django_db

PATH = "/api/v1/measures/119/sres/145/story"


@pytest.fixture(autouse=True)
def _one_day():
    with time_machine.travel("2025-06-01T12:00:00Z", tick=False):
        yield


def phrases(path: str = PATH) -> dict[str, dict]:
    return {
        phrase["text"]: phrase for sentence in Client().get(path).json()["sentences"] for phrase in sentence
    }


def test_the_sentences_are_those_of_the_page_and_the_first_is_that_of_the_status():
    hold(record(cosponsors=(cosponsor(WARNOCK, original=True),)))
    story = Client().get(PATH).json()
    measure = Client().get("/api/v1/measures/119/sres/145").json()
    joined = [" ".join("".join(phrase["text"] for phrase in sentence) for sentence in story["sentences"])]
    assert [story["text"]] == joined and story["measure"] == "119/sres/145"
    assert story["text"].startswith(measure["status"]["sentence"])
    assert "Nothing has happened since March 27, 2025, as of the last poll." in story["text"]


def test_each_phrase_has_its_proof_and_where_a_reader_finds_it(settings):
    settings.SITE_URL = "https://whereas.example"
    vote = VoteReference("senate", 119, 1, 517)
    words = "Resolution agreed to in Senate by Yea-Nay Vote. 51 - 44. Record Vote Number: 517."
    hold(
        record(actions=(ActionRecord("2025-05-02", words, None, "Floor", "Senate", recorded_votes=(vote,)),))
    )
    said, key = phrases(), Measure.objects.get().status_action
    tally = said["51 votes to 44"]["proof"]
    assert (tally["kind"], tally["key"]) == ("vote", "119/senate/2025/517")
    assert tally["url"].startswith("https://www.senate.gov/") and tally["url"].endswith(
        "vote_119_1_00517.htm"
    )
    assert said["May 2, 2025"]["on"] == "2025-05-02"
    assert said["May 2, 2025"]["proof"] == {
        "kind": "action",
        "key": key,
        "url": f"https://whereas.example/measures/119/sres/145/actions/#a-{key}",
    }


def test_both_clocks_tell_their_own_moment():
    hold(record(cosponsors=(cosponsor(WARNOCK, "2025-04-02"),)))
    assert "one cosponsor" in phrases()
    assert phrases(f"{PATH}?on=2025-04-01")["cosponsored"]["proof"]["url"].endswith(
        "/sponsors/?on=2025-04-01"
    )
    assert Client().get(f"{PATH}?as_of=2025-03-01").status_code == 404


def test_the_day_makes_another_answer_of_a_silence():
    hold(record())
    first = Client().get(PATH)["ETag"]
    assert Client().get(PATH, headers={"If-None-Match": first}).status_code == 304
    with time_machine.travel("2025-06-02T12:00:00Z", tick=False):
        assert Client().get(PATH, headers={"If-None-Match": first}).status_code == 200
