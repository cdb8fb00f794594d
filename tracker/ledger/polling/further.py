"""What rooms above the ledger have to ask of the sources.

Imports run down, so the ledger cannot name them: each room adds its poll when Django starts (`AppConfig.ready`), and every
poll, by `manage.py poll` and by the worker alike, runs them after the sources of the record itself. So there is one poll,
with one report and one exit status, and a command or task of the frame need not list what the rooms do.
"""

from __future__ import annotations

from collections.abc import Callable

from tracker.ledger.polling.report import SourceReport

FurtherPoll = Callable[..., SourceReport]  # (*, take_over: bool); minds the sources' health itself

_polls: list[FurtherPoll] = []


def add(poll: FurtherPoll) -> None:
    """Have every poll run this one too, once, however often it is added."""
    if poll not in _polls:
        _polls.append(poll)


def reports(*, take_over: bool) -> list[SourceReport]:
    """Run them, in the order in which they were added."""
    return [poll(take_over=take_over) for poll in _polls]
