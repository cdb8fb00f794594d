"""Forty changes to a thousand readers, while the worker is killed again and again: each reader gets each change once.

What a kill leaves unknown is whether the mail server took the one mail that was in hand: that one may come twice, under the
same Message-ID, and is marked. The test counts them.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest

from tests.faults.installation import Installation
from tests.following.cast import MailServer

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.django_db,
]  # minutes, so it runs with those over the full data

READERS, CHANGES, ROUNDS, KILLS = 1000, 40, 8, 50
POINTS = ("deliveries written", "cursor moved", "mailing gathered", "mail taken", "mail accepted")


def test_each_change_reaches_each_reader_once_however_often_the_worker_is_killed(tmp_path):
    chance, kills = random.Random(599), 0
    with (
        MailServer() as server,
        Installation(tmp_path, "http://127.0.0.1:9", EMAIL_URL=f"smtp://127.0.0.1:{server.port}") as whereas,
    ):
        whereas.finish(
            "shell", "-v0", "-c", f"from tests.faults.delivering import prepare; prepare({READERS})"
        )
        for round_ in range(1, ROUNDS + 1):
            changes = CHANGES * round_ // ROUNDS
            whereas.finish(
                "shell", "-v0", "-c", f"from tests.faults.delivering import change; change({changes})"
            )
            planned = KILLS * round_ // ROUNDS - KILLS * (round_ - 1) // ROUNDS
            for nth in range(planned):
                work = ("shell", "-v0", "-c", "from tests.faults.delivering import work; work()")
                if nth < len(POINTS) and round_ % 2:
                    point = f"{POINTS[nth]}:{1 if nth < 2 else chance.randint(1, 60)}"
                    kills += whereas.killed(*work, WHEREAS_FAILPOINT=point)
                else:
                    kills += whereas.killed(*work, after=chance.uniform(0.8, 1.8))
            whereas.finish("shell", "-v0", "-c", "from tests.faults.delivering import work; work()")
        marked = {
            f"<mailing-{pk}"
            for (pk,) in whereas.rows("SELECT id FROM following_mailing WHERE possibly_doubled")
        }
        left = whereas.rows("SELECT count(*) FROM following_mailing WHERE state <> 'sent'")

    came = Counter(str(mail["Message-ID"]) for mail in server.taken)
    told = Counter(
        (mail["To"], event)
        for mail in {str(mail["Message-ID"]): mail for mail in server.taken}.values()
        for event in str(mail["X-Whereas-Events"]).split()
    )
    doubled = [name for name, times in came.items() if times > 1]
    print(
        f"{len(told):,} deliveries in {len(came):,} mails, {kills} kills, {len(doubled)} mails doubled, {len(marked)} marked"
    )
    assert left == [(0,)]
    assert len(told) == READERS * CHANGES
    assert set(told.values()) == {1}
    assert kills >= KILLS * 3 // 4
    assert all(name.rpartition("-")[0] in marked for name in doubled)
    assert sum(times - 1 for times in came.values()) <= kills
