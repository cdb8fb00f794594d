"""What is loaded: a folder of GovInfo's bulk zips, or, without one, measures made up in their form."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

_ZIP = re.compile(r"BILLSTATUS-(\d+)-([a-z]+)\.zip")
_MEMBER = re.compile(r"BILLSTATUS-(\d+)([a-z]+)(\d+)\.xml")
_FIRST_DAY = date(2025, 1, 3)
_PEOPLE = [
    (f"X{number:06}", f"Surname{number}", "DR"[number % 2], "NC", number % 13 + 1) for number in range(435)
]
_COMMITTEES = [
    ("ssfr00", "Foreign Relations Committee"),
    ("ssju00", "Judiciary Committee"),
    ("ssga00", "Homeland Committee"),
]
_WORDS = [
    *("recognizing", "expressing", "support", "for", "the", "people", "rights"),
    *("relations", "security", "health", "veterans", "energy", "water", "public"),
    *("service", "national", "international", "trade", "justice", "education", "commerce"),
    *("agriculture", "defense", "science", "honoring"),
]


def zips(folder: Path) -> dict[tuple[int, str], Path]:
    """{(congress, type): its zip} of the bulk zips in a folder."""
    found = ((_ZIP.fullmatch(path.name), path) for path in sorted(folder.glob("BILLSTATUS-*.zip")))
    return {(int(match[1]), match[2]): path for match, path in found if match}


def documents(folder: Path) -> Iterator[tuple[int, str, int, bytes]]:
    """(congress, type, number, XML) of every member of the folder's zips."""
    for path in zips(folder).values():
        with zipfile.ZipFile(path) as zipped:
            for name in zipped.namelist():
                if match := _MEMBER.fullmatch(name):
                    yield int(match[1]), match[2], int(match[3]), zipped.read(name)


def make_up(folder: Path, measures: int, seed: int = 119) -> None:
    """Write zips of made-up measures of the 119th Congress into `folder`: the same for the same number and seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret rests on it
    for type, share in (("sres", 0.3), ("hr", 0.7)):
        path = folder / f"BILLSTATUS-119-{type}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
            for number in range(1, max(1, round(measures * share)) + 1):
                zipped.writestr(f"BILLSTATUS-119{type}{number}.xml", _measure(chance, type, number))


def _measure(chance: random.Random, type: str, number: int) -> str:
    chamber = "Senate" if type.startswith("s") else "House"
    introduced = _FIRST_DAY + timedelta(days=chance.randrange(300))
    title = f"{' '.join(chance.choices(_WORDS, k=14))}."
    names = chance.sample(_PEOPLE, 1 + min(300, int(chance.expovariate(1 / 14))))
    committee = chance.choice(_COMMITTEES)
    lines = ["Introduced in " + chamber, f"Referred to the Committee on {committee[1]}."]
    lines += [f"{' '.join(chance.choices(_WORDS, k=9))}." for _ in range(int(chance.expovariate(1 / 4)))]
    actions = "".join(
        f"<item><actionDate>{introduced + timedelta(days=9 * step)}</actionDate><text>{line}</text>"
        f"<type>IntroReferral</type><sourceSystem><code>0</code><name>{chamber}</name></sourceSystem></item>"
        for step, line in reversed(list(enumerate(lines)))
    )
    cosponsors = "".join(
        f"<item>{_person(who)}<sponsorshipDate>{introduced + timedelta(days=step // 3)}</sponsorshipDate>"
        f"<isOriginalCosponsor>{step < 3}</isOriginalCosponsor></item>"
        for step, who in enumerate(names[1:])
    )
    subjects = "".join(f"<item><name>{word.title()}</name></item>" for word in chance.sample(_WORDS, 5))
    return (
        '<?xml version="1.0" encoding="utf-8"?><billStatus><version>3.0.0</version><bill>'
        f"<number>{number}</number><updateDate>2026-01-02T03:04:05Z</updateDate><originChamber>{chamber}</originChamber>"
        f"<type>{type.upper()}</type><introducedDate>{introduced}</introducedDate><congress>119</congress>"
        f"<committees><item><systemCode>{committee[0]}</systemCode><name>{committee[1]}</name><chamber>{chamber}</chamber>"
        f"<type>Standing</type><activities><item><name>Referred To</name><date>{introduced}T15:00:00Z</date></item>"
        f"</activities></item></committees><actions>{actions}</actions>"
        f"<sponsors><item>{_person(names[0])}<isByRequest>N</isByRequest></item></sponsors>"
        f"<cosponsors>{cosponsors}</cosponsors><policyArea><name>International Affairs</name></policyArea>"
        f"<subjects><legislativeSubjects>{subjects}</legislativeSubjects></subjects>"
        f"<summaries><summary><versionCode>00</versionCode><actionDate>{introduced}</actionDate><actionDesc>Introduced</actionDesc>"
        f"<updateDate>2026-01-02T03:04:05Z</updateDate><text>&lt;p&gt;{' '.join(chance.choices(_WORDS, k=60))}&lt;/p&gt;</text>"
        f"</summary></summaries><title>{title}</title><titles><item><titleType>Official Title as Introduced</titleType>"
        f"<titleTypeCode>6</titleTypeCode><title>{title}</title></item></titles>"
        f"<textVersions><item><type>Introduced in {chamber}</type><date>{introduced}T05:00:00Z</date></item></textVersions>"
        f"<latestAction><actionDate>{introduced}</actionDate><text>{lines[-1]}</text></latestAction></bill></billStatus>"
    )


def _person(who: tuple[str, str, str, str, int]) -> str:
    bioguide, surname, party, state, district = who
    return (
        f"<bioguideId>{bioguide}</bioguideId><fullName>Rep. {surname}, Given [{party}-{state}-{district}]</fullName>"
        f"<firstName>Given</firstName><lastName>{surname}</lastName><party>{party}</party><state>{state}</state>"
        f"<district>{district}</district>"
    )
