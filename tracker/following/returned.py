"""What a mail that came back says (RFC 3464), or one that its reader reported as junk (RFC 5965). Reads, and decides nothing.

Of a mail that is neither, nothing is believed: answers from holidays come to the same address.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

READ_AT_MOST = 5_000_000  # bytes of one mail

_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_ADDRESSED = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "Original-Recipient")
# RFC 3463: full (2.2), the mail too long for them (2.3, 3.4), its content (6), a rule against it or us (7).
_OF_THE_MAIL = ("2.2", "2.3", "3.4", "6.", "7.")


class Verdict(enum.Enum):
    """What becomes of the address by this mail."""

    GONE = "the address takes no mail"
    FAILED = "this mail did not arrive"
    UNWANTED = "reported as junk"
    NOTHING = "says nothing of an address"


@dataclass(frozen=True, slots=True)
class Returned:
    """`said` is the mail server's own words, from outside; `keys` the header values that may hold a mailing's key."""

    verdict: Verdict
    said: str
    keys: tuple[str, ...]


def refuses_the_address(status: str) -> bool:
    """Whether an answer that holds an enhanced status ("550 5.1.1 no such user") is final, and about the address itself.

    A 5xx without an enhanced status is. A full mailbox and a rule against the sender are not: they may pass.
    """
    found = _STATUS.search(status)
    if found is None:
        return True
    return found[1] == "5" and not f"{found[2]}.{found[3]}".startswith(_OF_THE_MAIL)


def read(raw: bytes) -> Returned:
    """What this mail says. Never raises: what is no mail, or nested beyond reading, says nothing."""
    try:
        mail = message_from_bytes(raw[:READ_AT_MOST])
        parts = list(mail.walk())
    except RecursionError:
        return Returned(Verdict.NOTHING, "nested too deeply to be read", ())
    keys = tuple(_keys(mail, parts))
    for part in parts:
        if part.get_content_type() == "message/feedback-report" and _fields(part, "Feedback-Type") == [
            "abuse"
        ]:
            return Returned(Verdict.UNWANTED, "its reader reported it as junk", keys)
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            return _delivery_status(part, keys)
    return Returned(Verdict.NOTHING, "no report of a delivery", keys)


def _delivery_status(part: Message, keys: tuple[str, ...]) -> Returned:
    for block in _blocks(part):
        if str(block.get("Action", "")).strip().lower() != "failed":
            continue  # delayed, relayed, delivered: nothing is lost
        status = str(block.get("Status", "")).strip()
        said = " ".join(str(block.get("Diagnostic-Code", "")).split()) or f"status {status}"
        final = bool(_STATUS.search(status)) and refuses_the_address(status)
        return Returned(Verdict.GONE if final else Verdict.FAILED, said, keys)
    return Returned(Verdict.NOTHING, "a report of no failure", keys)


def _blocks(part: Message) -> list[Message]:
    inside = part.get_payload()
    return [each for each in inside if isinstance(each, Message)] if isinstance(inside, list) else []


def _fields(part: Message, name: str) -> list[str]:
    """The values of a field within a part that is made of header lines, however the parser took it."""
    inside = part.get_payload()
    if isinstance(inside, list):
        return [
            str(each[name]).strip().lower() for each in inside if isinstance(each, Message) and name in each
        ]
    return [value.strip().lower() for value in re.findall(rf"(?im)^{name}:(.*)$", str(inside))]


def _keys(mail: Message, parts: list[Message]) -> Iterator[str]:
    for name in _ADDRESSED:
        yield from (str(value) for value in mail.get_all(name, []))
    for part in parts[1:]:  # what of our mail they sent back: whole, or its head as text
        yield str(part.get("Message-ID", ""))
        if part.get_content_type() in ("text/rfc822-headers", "message/feedback-report"):
            yield str(part.get_payload())[:20_000]
