"""Two texts of so many words each, compared clause by clause and word by word: real clauses edited, or made-up ones.

`python -m tracker.operate.bench.two_texts 30000 [FOLDER of BILLS-*.zip]` prints what each way of editing costs, as JSON.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path
from time import perf_counter, process_time

from tracker.operate.bench.kin_texts import made_up_texts, printed, real_texts

_CHANGES = (("8 words in 100 others, 20 clauses moved", 0.08, 20), ("40 words in 100 others", 0.4, 0))
_ONE = ("one clause of all, 10 words in 100 others", 0.1)


def texts(chance: random.Random, words: int, folder: str | None) -> list[str]:
    """Clauses of about so many words together."""
    held = real_texts(Path(folder)) if folder else made_up_texts(chance, max(words // 100, 1))
    clauses = list(chain.from_iterable(held))
    chance.shuffle(clauses)
    found, count = [], 0
    for clause in clauses:
        if count >= words:
            break
        found.append(clause)
        count += len(clause.split())
    return found


def edited(chance: random.Random, clauses: Sequence[str], share: float, moves: int) -> list[str]:
    """The clauses, such a share of their words others of the same text, and some moved."""
    pool = [word for clause in clauses for word in clause.split()]
    changed = [
        " ".join(chance.choice(pool) if chance.random() < share else word for word in clause.split())
        for clause in clauses
    ]
    for _ in range(moves):
        changed.insert(chance.randrange(len(changed)), changed.pop(chance.randrange(len(changed))))
    return changed


def measure(words: int, folder: str | None = None) -> list[dict[str, object]]:
    """What it costs to compare a text with itself edited in each of three ways, in seconds."""
    chance = random.Random(119)  # noqa: S311 - no secret rests on it
    clauses = texts(chance, words, folder)
    whole = " ".join(islice((word for clause in clauses for word in clause.split()), words))
    ways = [(name, clauses, edited(chance, clauses, share, moves)) for name, share, moves in _CHANGES]
    ways.append((_ONE[0], [whole], edited(chance, [whole], _ONE[1], 0)))
    return [_cost(*way) for way in ways]


def _cost(name: str, before: Sequence[str], after: Sequence[str]) -> dict[str, object]:
    from tracker.records.bill_text import read_bill_text
    from tracker.texts.compare import compare_clauses

    one, two = (read_bill_text(printed(clauses)).clauses for clauses in (before, after))
    counts = [sum(len(clause.words.split()) for clause in side) for side in (one, two)]
    begun, used = perf_counter(), process_time()
    compare_clauses(one, two)
    return {"name": name, "words": counts, "wall": perf_counter() - begun, "cpu": process_time() - used}


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    django.setup()
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]), *sys.argv[2:])) + "\n")
