"""The Senate: the menu of a session's roll calls, and each roll call. Source: https://www.senate.gov/legislative/LIS/.

The Senate answers `If-Modified-Since`, and redirects to a page of its own where it lacks a vote, even one listed minutes ago.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.records.model import DocumentRefused
from tracker.records.xml import read_xml

from .errors import BadAnswer
from .http import Fetched, Fetcher, Question

SOURCE = "senate"
SLOWER = 2  # twice the pace: the chambers' hosts are small
NOT_AVAILABLE = "/legislative/roll-call-vote-not-available.htm"
_MOST = 5_000  # votes of a session; the busiest had 659


@dataclass(frozen=True, slots=True)
class SenateMenu:
    """The numbers of the roll calls of a session, en bloc ones among them."""

    numbers: frozenset[int]
    etag: str | None
    last_modified: str | None


class Senate:
    """Roll calls at `base_url`."""

    def __init__(self, fetcher: Fetcher, base_url: str) -> None:
        self._fetcher, self._base = fetcher, base_url.rstrip("/")

    def menu(
        self, congress: int, session: int, etag: str | None = None, last_modified: str | None = None
    ) -> SenateMenu | None:
        """What votes a session had; None where a validator still holds. Raises SourceError: NotThere before its first."""
        what = f"votes of session {session} of the {congress}th"
        answer = self._ask(f"roll_call_lists/vote_menu_{congress}_{session}.xml", what, etag, last_modified)
        if answer.body is None:
            return None
        try:
            numbers = _numbers(answer.body, congress, session)
        except DocumentRefused as refused:
            raise BadAnswer(SOURCE, what, str(refused)) from refused
        return SenateMenu(numbers, answer.etag, answer.last_modified)

    def vote(
        self,
        congress: int,
        session: int,
        number: int,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Fetched | None:
        """One roll call as XML, not yet read; None where a validator still holds. Raises SourceError, often NotThere."""
        path = f"roll_call_votes/vote{congress}{session}/vote_{congress}_{session}_{number:05d}.xml"
        answer = self._ask(
            path, f"vote {number} of session {session} of the {congress}th", etag, last_modified
        )
        return None if answer.status == 304 else answer

    def _ask(self, path: str, what: str, etag: str | None, last_modified: str | None) -> Fetched:
        return self._fetcher.get(
            Question(
                url=f"{self._base}/legislative/LIS/{path}",
                source=SOURCE,
                what=what,
                form="xml",
                etag=etag,
                last_modified=last_modified,
                slower=SLOWER,
                missing_at=(NOT_AVAILABLE,),
            )
        )


def _numbers(body: bytes, congress: int, session: int) -> frozenset[int]:
    """The numbers in a menu. Raises DocumentRefused for no menu, or another session's."""
    root = read_xml(body, root="vote_summary")
    named = (root.findtext("congress", "").strip(), root.findtext("session", "").strip())
    if named != (str(congress), str(session)):
        raise DocumentRefused(f"is the menu of {named[0][:10]}, session {named[1][:10]}")
    numbers = set()
    for vote in root.iterfind("votes/vote"):
        written = vote.findtext("vote_number", "").strip()
        if written.isascii() and written.isdigit() and len(written) < 7 and int(written):
            numbers.add(int(written))
    if not numbers:
        raise DocumentRefused("no vote is in it")
    if len(numbers) > _MOST:
        raise DocumentRefused(f"lists {len(numbers):,} votes, more than a session has")
    return frozenset(numbers)
