"""Who speaks: a chamber said to assert what only a member proposed, and sentences that tell what somebody thinks."""

from __future__ import annotations

import re

from tracker.congress.actions import Effect
from tracker.press import guards
from tracker.press.dossier import PASSING
from tracker.press.judge import Judge, written
from tracker.press.scene import Scene

_VERBS = "asserts|condemns|declares|demands|states|says|affirms|denounces|recognizes|urges|calls for|calls on|insists|holds|believes|resolves|resolved|honors|expresses"
_SENATE_SAYS = re.compile(
    rf"(?P<core>(?P<by>H) (?:also |further |thereby |strongly |now |formally )?(?P<verb>{_VERBS}|introduced M|issued M|has spoken))\b(?! (?:leaders?|members?))"
)
_OPINION = re.compile(
    r"\b(?:told (?:us|reporters|this|the)|called M|calls M|speaks? of|spoke of|praised|hailed|welcomed|dismissed|criticized|criticised|lauded|applauded|celebrated|mocked|thanked|say that|argue that|argue|fear that|worry that|hope that|believe that|hopes? for)\b"
)


def read_voices(judge: Judge, scene: Scene) -> None:
    """Add "the Senate asserts", told of a text that the Senate has not agreed to."""
    line = scene.whole
    for found in _SENATE_SAYS.finditer(line.text):
        value = line.token(found.start("by")).value
        dossier = judge.measure_at(scene, line, found.end("core") - 1, found.end("core"))
        if (
            dossier is None
            or value != dossier.kind.chamber
            or dossier.happened(PASSING, dossier.kind.chamber)
        ):
            continue
        if dossier.happened({Effect.FAILED}) or not guards.is_claimed(line, *found.span("core")):
            continue
        sponsor = dossier.sponsors[0].name if dossier.sponsors else "a member"
        chamber = dossier.kind.chamber.title()
        note = f"{sponsor} proposed this; the {chamber} had not agreed to it by {written(dossier.day)}."
        if dossier.status_now.code == "agreed_to":
            continue
        judge.add("other", dossier, line.span(*found.span("core")), "unverifiable", dossier.status.code, note)


def read_opinions(judge: Judge, scene: Scene, *, claimed: bool) -> None:
    """Add a sentence that only tells what somebody thinks of a measure: no record can say whether it is so."""
    line = scene.whole
    if claimed or scene.sentence.quotes or not _OPINION.search(line.text):
        return
    dossier = judge.dossiers.get(scene.focus or judge.main or "")
    if dossier is not None:
        judge.add(
            "other",
            dossier,
            (scene.sentence.start, scene.sentence.end),
            "unverifiable",
            None,
            "What people say is no matter of the record.",
        )
