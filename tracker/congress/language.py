"""Sentences from messages: each message whole, with named placeholders, in one table a language.

A message is a text with `{name}` where a value stands, `<name>…</name>` round words that lead to a proof, and `[…]` round
what falls away where a value in it is absent. Code chooses a message and gives values; it never joins words by grammar.
docs/STATUS.md says how a language is added.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

Message = str | Mapping[str, str]
"""A text, or of one that counts a text for each plural category of the language ("one", "other", …)."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves a phrase. `key` is that of the thing within its kind, as the record or an address names it.

    action: an action's key; member: a Bioguide id; committee: a system code; vote: "119/house/2025/123"; measure:
    "119/sres/145"; names, texts, amendments, kin: that list of the measure; document: the official document itself;
    polls: when the sources were last asked; constitution: the 20th Amendment, by which a Congress ends.
    """

    kind: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words; with the proof of what they say, and the day that they name, where they have one."""

    text: str
    proof: Proof | None = None
    day: date | None = None


Sentence = tuple[Span, ...]
Value = str | Span | Sentence | Proof | None


def plain(spans: Sequence[Span]) -> str:
    """The words alone."""
    return "".join(span.text for span in spans)


@dataclass(frozen=True)
class Language:
    """A table of messages, and how the language writes days, numbers and ordinals.

    `plural` names the category of a count; `word` is a small number as running text has it.
    """

    code: str
    messages: Mapping[str, Message]
    day: Callable[[date], str]
    number: Callable[[int], str]
    word: Callable[[int], str]
    ordinal: Callable[[int], str]
    plural: Callable[[int], str]

    def say(
        self, name: str, /, *choices: str, count: int | None = None, in_words: bool = False, **values: Value
    ) -> Sentence:
        """The message `name` with these values, as spans; `count` chooses its plural and is the value of `{count}`.

        `choices` (a chamber, a form) are names by which a language may split a message: `name.house` is taken before
        `name` where the table has it. Raises KeyError for a message or a value that is not there.
        """
        message = self._message(name, choices)
        if count is not None:
            values["count"] = self.word(count) if in_words else self.number(count)
        if not isinstance(message, str):
            if count is None:
                raise KeyError(f"{name}: a message with plurals, said without a count")
            category = self.plural(count)
            message = message.get(category, message["other"])
        return tuple(_joined(_said(_parsed(message), values)))

    def on(self, day: date, proof: Proof | None = None) -> Span:
        """A day as the language writes it."""
        return Span(self.day(day), proof, day)

    def listed(self, items: Sequence[Sentence]) -> Sentence:
        """Items as a sentence lists them: "12 Democrats, 6 Republicans and 1 independent"."""
        if len(items) < 2:
            return items[0] if items else ()
        said = items[0]
        for item in items[1:-1]:
            said = self.say("list.more", before=said, after=item)
        return self.say("list.last", before=said, after=items[-1])

    def _message(self, name: str, choices: Sequence[str]) -> Message:
        for choice in choices:
            if (split := self.messages.get(f"{name}.{choice}")) is not None:
                return split
        return self.messages[name]


def placeholders(message: str) -> frozenset[str]:
    """The names of the values and links in a message; of a translation they are those of the English one."""
    return frozenset(re.findall(r"[{<](\w+)[}>]", message))


@dataclass(frozen=True, slots=True)
class _Node:
    """A piece of a message: its `text`, the value `name`, or what stands in a link or in an optional group."""

    kind: str  # text, value, link, optional
    text: str = ""
    inside: tuple[_Node, ...] = ()


_TOKENS = re.compile(r"\{(\w+)\}|<(\w+)>|</(\w+)>|(\[)|(\])|([^{}<>\[\]]+)")


@lru_cache(maxsize=1 << 12)
def _parsed(message: str) -> tuple[_Node, ...]:
    tokens = list(_TOKENS.finditer(message))
    if "".join(token[0] for token in tokens) != message:
        raise ValueError(
            f"{message!r}: a sign of {{}}<>[] that belongs to no placeholder, link or optional group"
        )
    open_groups: list[tuple[str, str, list[_Node]]] = [("message", "", [])]
    for token in tokens:
        value, link, end, optional, _, text = token.groups()
        here = open_groups[-1][2]
        if value:
            here.append(_Node("value", value))
        elif text:
            here.append(_Node("text", text))
        elif link or optional:
            open_groups.append(("link", link, []) if link else ("optional", "", []))
        else:
            kind, name, inside = open_groups.pop()
            if (kind, name) != (("link", end) if end else ("optional", "")):
                raise ValueError(f"{message!r}: {token[0]} closes what is not open")
            open_groups[-1][2].append(_Node(kind, name, tuple(inside)))
    if len(open_groups) > 1:
        raise ValueError(f"{message!r}: a link or an optional group is not closed")
    return tuple(open_groups[0][2])


def _said(nodes: Sequence[_Node], values: Mapping[str, Value], proof: Proof | None = None) -> Iterator[Span]:
    for node in nodes:
        if node.kind == "text":
            yield Span(node.text, proof)
        elif node.kind == "value":
            yield from _value(values[node.text], proof)
        elif node.kind == "link":
            named = values[node.text]
            yield from _said(node.inside, values, named if isinstance(named, Proof) else proof)
        elif all(values[name] for name in _needed(node)):
            yield from _said(node.inside, values, proof)


def _needed(node: _Node) -> Iterator[str]:
    """The values that an optional group stands or falls with; those of one inside it are its own affair."""
    for each in node.inside:
        if each.kind == "value":
            yield each.text
        elif each.kind == "link":
            yield from _needed(each)


def _value(value: Value, proof: Proof | None) -> Iterator[Span]:
    if isinstance(value, str):
        yield Span(value, proof)
    elif isinstance(value, Span):
        yield value if value.proof else replace(value, proof=proof)
    elif isinstance(value, tuple):
        yield from (span if span.proof else replace(span, proof=proof) for span in value)


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    """The spans, neighbours of one proof as one."""
    held: Span | None = None
    for span in spans:
        if not span.text:
            continue
        if held is None:
            held = span
        elif held.proof == span.proof and held.day is None and span.day is None:
            held = replace(held, text=held.text + span.text)
        else:
            yield held
            held = span
    if held is not None:
        yield held
