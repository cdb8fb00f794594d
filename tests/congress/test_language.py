"""Messages in sentences: placeholders, links, optional groups, plurals; and what a translation has to keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tracker.congress.english import ENGLISH, MESSAGES
from tracker.congress.language import Language, Message, Proof, Span, placeholders, plain

LANGUAGES = (ENGLISH,)
ACTION, NAMES = Proof("action", "a1"), Proof("names")


def speaking(**messages: Message) -> Language:
    return replace(
        ENGLISH, messages={"list.more": "{before}, {after}", "list.last": "{before} and {after}", **messages}
    )


def test_a_value_stands_where_the_message_puts_it_with_its_own_proof() -> None:
    said = speaking(m="It failed on {day}.").say("m", day=ENGLISH.on(date(2025, 3, 7), ACTION))
    assert said == (Span("It failed on "), Span("March 7, 2025", ACTION, date(2025, 3, 7)), Span("."))


def test_words_in_a_link_and_the_values_among_them_lead_to_one_proof() -> None:
    said = speaking(m="It has <names>{count} names</names>.").say("m", count=1200, names=NAMES)
    assert said == (Span("It has "), Span("1,200 names", NAMES), Span("."))


def test_a_link_without_a_proof_is_words() -> None:
    assert speaking(m="A <line>b</line>.").say("m", line=None) == (Span("A b."),)


def test_an_optional_group_falls_away_with_any_of_its_values() -> None:
    language = speaking(m="It failed[ {how}][ on {day}, {hour}].")
    assert plain(language.say("m", how="by voice", day="Monday", hour=None)) == "It failed by voice."
    assert plain(language.say("m", how=None, day="Monday", hour="noon")) == "It failed on Monday, noon."


def test_a_count_chooses_its_plural_and_may_be_written_in_words() -> None:
    language = speaking(m={"one": "{count} name", "other": "{count} names"})
    assert [
        plain(language.say("m", count=n, in_words=words)) for n, words in ((1, False), (2, False), (3, True))
    ] == [
        "1 name",
        "2 names",
        "three names",
    ]


def test_a_language_may_split_a_message_by_chamber() -> None:
    language = speaking(**{"m": "{chamber}", "m.senate": "der Senat"})
    assert plain(language.say("m", "senate", chamber="Senate")) == "der Senat"
    assert plain(language.say("m", "house", chamber="House")) == "House"


def test_items_are_listed_as_the_language_lists_them() -> None:
    items = [(Span(letter),) for letter in "abc"]
    assert [plain(speaking().listed(items[:n])) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


@pytest.mark.parametrize("message", ["{a", "a}", "<a>b", "<a>b</c>", "[a", "a]", "[<a>b]</a>"])
def test_a_message_that_is_not_well_formed_is_refused(message: str) -> None:
    with pytest.raises(ValueError, match=r"optional group|closes"):
        speaking(m=message).say("m", a="x")


@pytest.mark.parametrize("message", ["m", "no"])
def test_a_value_or_a_message_that_is_missing_is_an_error(message: str) -> None:
    with pytest.raises(KeyError):
        speaking(m="{a}").say(message)


def test_every_english_message_is_well_formed_and_whole() -> None:
    sentences = ("status.", "way.", "support.", "introduced", "left.", "quiet", "again.", "reserved.")
    for name, message in MESSAGES.items():
        texts = [message] if isinstance(message, str) else list(message.values())
        for text in texts:
            values = dict.fromkeys(placeholders(text) - {"count"}, "x")
            assert plain(speaking(m={"other": text}).say("m", count=3, **values)), name
            assert text.endswith(".") or not name.startswith(sentences), name
        assert isinstance(message, str) or "other" in message, name


def texts(message: Message) -> list[str]:
    return [message] if isinstance(message, str) else list(message.values())


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_a_translation_has_every_message_with_the_values_of_the_english_one(language: Language) -> None:
    assert set(MESSAGES) - set(language.messages) == set()
    for name, message in language.messages.items():
        english = (
            MESSAGES.get(name) or MESSAGES[name.rpartition(".")[0]]
        )  # one that the language splits by chamber
        wanted = frozenset().union(*map(placeholders, texts(english)))
        assert {placeholders(text) for text in texts(message)} == {wanted}, name
