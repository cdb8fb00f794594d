"""A database of as many texts as asked for, to find kin among: real ones varied, or without a folder of them made-up ones.

`python -m tracker.operate.bench.kin_texts build NEW.json 50000 [FOLDER of BILLS-*.zip]` fills the database of the environment and writes
some more texts into the file; `… find NEW.json` adds these one by one and prints how long each took to find its kin. Two programs, so that
the memory of the second is its own.
"""

from __future__ import annotations

import json
import os
import random
import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import accumulate, islice
from pathlib import Path
from time import perf_counter, process_time
from xml.sax.saxutils import escape

_AT = datetime(2026, 1, 2, tzinfo=UTC)
_FIRST, _A_CONGRESS = 80, 5_000  # the Congress of the first text, and how many each has
_CHANGED = 0.05  # of the words of a varied text
_BORROWED = 0.2  # chance that a clause is another text's
_SIZE = (6, 18)  # clauses of a made-up text
_CLAUSE = (18, 60)  # words of a made-up clause
_BATCH = 500
_REALLY = (
    2_000  # texts that are held and read one by one; the rest are these again, most of their marks others
)
_KEPT_MARKS = 15  # of 100: what such a text still shares with the one it is made of
_LATER = 900 * _A_CONGRESS  # where the later ones are numbered from
_NEW = 50  # texts that come once the others are held


def real_texts(folder: Path) -> list[list[str]]:
    """The clauses of every text in the folder's zips."""
    from tracker.records.bill_text import read_bill_text

    found = []
    for path in sorted(folder.rglob("BILLS-*.zip")):
        with zipfile.ZipFile(path) as zipped:
            for name in zipped.namelist():
                found.append([clause.words for clause in read_bill_text(zipped.read(name)).clauses])
    return [clauses for clauses in found if clauses]


def made_up_texts(chance: random.Random, count: int) -> list[list[str]]:
    """Texts of words as rare and as common as those of a language: the hundredth is a hundred times as rare as the first."""
    words = [f"w{number:x}" for number in range(40_000)]
    weights = list(accumulate(1 / (rank + 1) for rank in range(len(words))))

    def clause() -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=chance.randint(*_CLAUSE)))

    return [[clause() for _ in range(chance.randint(*_SIZE))] for _ in range(count)]


def varied(chance: random.Random, texts: Sequence[Sequence[str]], pool: Sequence[str]) -> list[str]:
    """One of the texts, some of its words others and some of its clauses another text's."""
    base, other = chance.choice(texts), chance.choice(texts)
    clauses = [chance.choice(other) if chance.random() < _BORROWED else clause for clause in base]
    return [
        " ".join(chance.choice(pool) if chance.random() < _CHANGED else word for word in clause.split())
        for clause in clauses
    ]


def printed(clauses: Sequence[str]) -> bytes:
    """The clauses as a resolution in the bill DTD."""
    recitals = "".join(f"<whereas><text>Whereas {escape(clause)};</text></whereas>" for clause in clauses[1:])
    return (
        f"<resolution><form><legis-type>RESOLUTION</legis-type></form><preamble>{recitals}</preamble><resolution-body>"
        f"<section><text>That {escape(clauses[0])}.</text></section></resolution-body></resolution>"
    ).encode()


def _bodies(chance: random.Random, count: int, folder: str | None) -> Iterator[bytes]:
    texts = real_texts(Path(folder)) if folder else made_up_texts(chance, max(count // 2, 1))
    pool = [word for clauses in texts for clause in clauses for word in re.findall(r"[A-Za-z][\w']+", clause)]
    for _ in range(count):
        yield printed(varied(chance, texts, pool))


def hold(place: int, body: bytes) -> None:
    """Hold one text of a measure of its own, as a poll leaves it."""
    from tracker.ledger.models import Document, Measure, measure_pk
    from tracker.texts.models import MeasureText

    congress, number = _FIRST + place // _A_CONGRESS, place % _A_CONGRESS + 1
    body += f"<!-- {place} -->".encode()  # the shortest come out alike
    pk, sha256 = measure_pk(congress, "hres", number), Document.digest(body)
    Document.objects.bulk_create(
        [Document(sha256=sha256, source="govinfo", format=Document.Format.BILL_TEXT, url="", measure_id=pk, fetched_at=_AT,
                  packed=Document.pack(body))],
        ignore_conflicts=True,
    )  # fmt: skip
    Measure.objects.bulk_create([
        Measure(id=pk, congress=congress, type="hres", number=number, origin="official", title=f"Resolution {place}",
                origin_chamber="house", introduced_on=date(2026, 1, 2), status="referred", status_sentence="",
                sponsor_member=f"X{place % 435:06}", document_id=sha256, seen_at=_AT, changed_at=_AT, last_event=0)
    ])  # fmt: skip
    MeasureText.objects.bulk_create([
        MeasureText(measure_id=pk, version="ih", package=f"BILLS-{congress}hres{number}ih", state="held", document_id=sha256,
                    held_at=_AT, seen_at=_AT, due_at=_AT)
    ])  # fmt: skip


def build(new: Path, count: int, folder: str | None = None) -> None:
    """Hold `count` texts and read them all into the index, as if they had been compared; write those that come later."""
    from django.db import transaction
    from django.db.models import F

    from tracker.texts import kin_index
    from tracker.texts.models import KinText, KinWord

    held = min(count, _REALLY)
    bodies = _bodies(random.Random(119), held + _NEW, folder)  # noqa: S311 - no secret rests on it
    for begin in range(0, held, _BATCH):
        with transaction.atomic():
            for place, body in enumerate(islice(bodies, min(_BATCH, held - begin)), begin):
                hold(place, body)
    while pks := kin_index.unread():
        kin_index.read(pks, _AT)
    KinText.objects.update(compared_at=_AT)
    with transaction.atomic():
        for round in range(1, -(-count // held)):
            _again(round, min(held, count - round * held))
        KinWord.objects.update(texts=F("texts") * (count // held))
    new.write_text(json.dumps([body.decode() for body in bodies]))


def _again(round: int, count: int) -> None:
    """Hold the first `count` texts once more as another Congress's, with the same words and most marks others."""
    from django.db import connection

    from tracker.ledger import bulk
    from tracker.ledger.models import Measure, measure_pk
    from tracker.texts.models import KinMark, KinText, MeasureText

    first, shift = measure_pk(_FIRST, "hres", 1), round * 10_000_000
    other = f"CASE WHEN mark %% 100 < {_KEPT_MARKS} THEN mark ELSE ABS(mark - {round * 1_000_003}) END"
    ways = (
        (Measure, "id", {"id": f"id + {shift}", "congress": f"congress + {round}"}),
        (
            MeasureText,
            "measure_id",
            {"measure_id": f"measure_id + {shift}", "package": f"package || '-{round}'"},
        ),
        (KinText, "measure_id", {"measure_id": f"measure_id + {shift}"}),
        (KinMark, "measure_id", {"measure_id": f"measure_id + {shift}", "mark": other}),
    )
    with connection.cursor() as cursor:
        for model, own, changed in ways:
            columns = [name for name in bulk.columns_of(model) if name in changed or name != "id"]
            values = ", ".join(changed.get(name, f'"{name}"') for name in columns)
            names, table = ", ".join(f'"{name}"' for name in columns), model._meta.db_table
            cursor.execute(
                f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {own} >= %s AND {own} < %s",  # noqa: S608 - names of ours, whole numbers
                [first, first + count],
            )


def find(new: Path) -> None:
    """Add texts one by one and find the kin of each; print as JSON the seconds and CPU seconds of each, and how many had kin."""
    from tracker.texts import kinship
    from tracker.texts.models import KinText

    held = KinText.objects.count()
    wall, cpu, kin = [], [], 0
    for place, body in enumerate(json.loads(new.read_text())):
        hold(_LATER + place, body.encode())
        begun, used = perf_counter(), process_time()
        found = kinship.find()
        wall.append(perf_counter() - begun)
        cpu.append(process_time() - used)
        kin += found.pairs > 0
    sys.stdout.write(
        json.dumps({"held": held, "wall": sorted(wall), "cpu": sorted(cpu), "with_kin": kin}) + "\n"
    )


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    django.setup()
    what, file, *rest = sys.argv[1:]
    if what == "build":
        build(Path(file), int(rest[0]), *rest[1:])
    else:
        find(Path(file))
