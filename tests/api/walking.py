"""Programs of their own beside one another: some make the ledger grow, one reads it by the cursor. See test_walked.py."""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path


def write(worker: int, batches: int) -> None:
    """Bring documents in small transactions, a few of them of measures that other workers bring too."""
    from tests.builders import CRUZ, billstatus, incoming
    from tracker.ledger.apply import apply

    chance = random.Random(worker)
    for batch in range(batches):
        own = [worker * 1000 + batch * 4 + n for n in range(chance.randint(1, 4))]
        shared = chance.sample(range(1, 9), 2)
        day = f"2025-04-{batch % 28 + 1:02}"
        documents = [incoming(billstatus(number), number) for number in own]
        documents += [
            incoming(billstatus(n, updated_at=f"{day}T{worker:02}:00:00Z", cosponsors=[(CRUZ, day)]), n)
            for n in shared
        ]
        apply(documents)
        time.sleep(chance.random() / 50)


def walk(until: str) -> None:
    """Follow `/api/v1/changes` until the file `until` is there and nothing more comes; prints the ids of each page."""
    from django.test import Client

    client, following, pages = Client(), "/api/v1/changes?limit=7", list[list[int]]()
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    while True:
        last_round = Path(until).exists()
        answer = client.get(following, headers={"Host": "127.0.0.1"})
        if answer.status_code != 200:
            raise SystemExit(f"{following} answered {answer.status_code}: {answer.content!r}")
        page = answer.json()
        following = page["next"]
        if page["results"]:
            pages.append([event["id"] for event in page["results"]])
        elif last_round:
            break
    sys.stdout.write(json.dumps(pages) + "\n")
