"""What the article says of a measure's own words: its title, quotations from it, its figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from tracker.press import guards
from tracker.press.citing import Mention, same_title
from tracker.press.dossier import Dossier, stems
from tracker.press.identify import Identified
from tracker.press.judge import Judge
from tracker.press.plain import folded
from tracker.press.scene import Line, Measured, Scene, Token

_SAYS = re.compile(
    r"M(?:'s (?:text|preamble|title|first|last|final|operative|resolving|\w+ clause|language|wording)[^,.;]{0,30})? (?:also |further |then |itself |, which \w+ ){0,2}(?:says?|said|states?|reads?|declares?|calls?|called|asks?|demands?|urges?|condemns?|denounces?|recognizes|affirms?|reaffirms?|expresses|describes?|notes?|finds?|warns?|speaks?|honors?|commends?|lists?|supports?|designates?|requires?|directs?|names?|recalls?|cites?|would|is titled|titled|entitled|mentions?|insists?|stresses|encourages?|acknowledges?|deplores?|rejects?|opposes?)\b"
)
_ALSO_SAYS = re.compile(
    r"M,? (?:(?:introduced|filed|submitted|offered)(?: on| in)? D, )?(?:by P, )?(?=Q)|\b(?:according to|in the words of|language (?:in|of)|wording of|text of|preamble (?:of|to)|the words of|clauses? of|as|quoting from) M\b"
)
_WHAT_IT_SAYS = re.compile(r"^what M (?:asks|says|calls|demands|wants|seeks|does|would do)(?: for)?\b")
_SPOKEN = re.compile(
    r"(?:P|he|she|they|spokes\w+|president|secretary|director|leader|aide|advocate)(?: \w+){0,3} (?:said|says|told|added|wrote|called|asked|argued)|(?:said|says|added|wrote) (?:P|a |an |the )"
)
_FIGURE = re.compile(
    r"(?<![\w.,/-])(?P<number>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{2,6})(?P<percent>%| percent)? (?P<noun>[a-z-]{4,}(?: [a-z-]{4,}){0,2})"
)
_NOT_NOUNS = re.compile(
    r"^(?:january|february|march|april|june|july|august|september|october|november|december|votes?|cosponsors?|co-sponsors?|senators|members|democrats|republicans|representatives|years?|days|months|hours|weeks|minutes|percent|lawmakers|colleagues)\b"
)
_PREAMBLE = re.compile(
    r"\b(?:preamble|text|clause|clauses|recital|recitals|resolution|bill|measure|says|recalls|notes|states|M)\b|M"
)


def read_words(judge: Judge, scene: Scene) -> None:
    """Add what one sentence claims of a measure's words and figures."""
    line = scene.whole
    _titles(judge, scene, line)
    _quotations(judge, scene, line)
    _figures(judge, scene, line)
    _own_words_of(judge, scene, line)


# --- titles and quotations


_NEAR_TITLE = (
    55  # of 100: a name so like the title beside its number, and not the title, is wrong and no nickname
)


def read_misnamed(judge: Judge, misnamed: Iterable[tuple[Mention, Identified]]) -> None:
    """Add the names given to measures that are almost their titles, but not."""
    for name, meant in misnamed:
        dossier = judge.dossiers.get(meant.measure or "")
        if dossier is None:
            continue
        start, title, near, own = max(
            (
                (start, title, fuzz.ratio(_bare(title), _bare(own)), own)
                for start, title in name.titles
                for own in dossier.titles
            ),
            key=lambda row: row[2],
        )
        if any(same_title(title, own) for own in dossier.titles):
            judge.add("title", dossier, (start, name.end), "true", own)
        elif near >= _NEAR_TITLE and not set(_bare(title).split()) <= set(_bare(own).split()):
            judge.add("title", dossier, (start, name.end), "false", own)


_LIKE_TITLE = 75  # of 100, where no number stands beside the name


def read_unborne(judge: Judge, names: Iterable[Mention]) -> None:
    """Add the names of no measure at all that are almost the title of one that the article cites."""
    for name in names:
        best: tuple[float, Dossier, str, int] | None = None
        for start, title in name.titles:
            for dossier in judge.dossiers.values():
                for own in dossier.titles:
                    near = fuzz.ratio(_bare(title), _bare(own))
                    if len(title.split()) > 2 and (best is None or near > best[0]):
                        best = near, dossier, own, start
        if best is None or judge.has_read(("title",), name.start, name.end):
            continue
        near, dossier, own, start = best
        words = set(_bare(judge.plain.text[start : name.end]).split())
        if (
            near >= _LIKE_TITLE
            and not words <= set(_bare(own).split())
            and not any(same_title(judge.plain.text[start : name.end], t) for t in dossier.titles)
        ):
            judge.add("title", dossier, (start, name.end), "false", own)


def _titles(judge: Judge, scene: Scene, line: Line) -> None:
    """A measure called by a title and by its number side by side: is the title its own?"""
    for _place, token in line.of("M"):
        value = token.value
        if not isinstance(value, Measured) or not value.title or value.measure is None:
            continue
        dossier = judge.dossiers.get(value.measure)
        if dossier is not None:
            own = next(
                (t for t in dossier.titles if same_title(t, _own_words(judge, token))), dossier.now.title
            )
            judge.add("title", dossier, (token.start, token.end), "true", own)


def _own_words(judge: Judge, token: Token) -> str:
    return " ".join(judge.plain.text[token.start : token.end].split())


def _quotations(judge: Judge, scene: Scene, line: Line) -> None:
    for place, token in line.of("Q"):
        said = judge.plain.text[token.start : token.end].strip("\"' \n,.;:")
        if len(said.split()) < 3 or _SPOKEN.search(line.text):
            continue
        says = list(_SAYS.finditer(line.text, 0, place)) or list(_ALSO_SAYS.finditer(line.text))
        if not says:
            continue
        dossier = judge.measure_at(scene, line, place)
        if dossier is None:
            continue
        inner = (token.start + 1, token.end - 1) if token.end - token.start > 2 else (token.start, token.end)
        found = _find_words(dossier, said)
        if found is not None:
            judge.add("other", dossier, inner, "true", found)
            continue
        near = _nearest(dossier, said) if dossier.texts else None
        if near is not None:
            judge.add("other", dossier, inner, "false", near, "The text has other words.")
        elif dossier.texts:
            judge.add(
                "other",
                dossier,
                inner,
                "false",
                None,
                "These words are in none of its published texts held here.",
            )
        else:
            judge.add("other", dossier, inner, "unverifiable", None, "Its text is not held here.")


_MARKS = re.compile(r"[^\w%$]+")


@lru_cache(maxsize=256)
def _bare(words: str) -> str:
    """Words alone, folded. The sources of a measure are asked for by every sentence of an article, so the last are kept."""
    return " ".join(_MARKS.sub(" ", folded(words)).split())


def _find_words(dossier: Dossier, said: str) -> str | None:
    """Where the measure has these words: the passage around them."""
    pieces = [_bare(piece) for piece in re.split(r"\.\.\.|…|\[[^\]]*\]", said)]
    pieces = [piece for piece in pieces if piece]
    for source in _sources(dossier):
        plain = _bare(source)
        if pieces and all(f" {piece} " in f" {plain} " for piece in pieces):
            return _passage(source, pieces[0])
    return None


def _sources(dossier: Dossier) -> list[str]:
    return [*dossier.titles, *dossier.texts, *dossier.summaries]


def _passage(source: str, piece: str) -> str:
    """The words of the source as it writes them, with a little around."""
    words = piece.split()
    pattern = r"[^\w%$]+".join(re.escape(word) for word in words[:60])
    found = re.search(pattern, source, re.I)
    return " ".join(found.group().split()) if found else source[:200]


def _nearest(dossier: Dossier, said: str) -> str | None:
    """A passage of the text that is almost these words, but not these."""
    bare = _bare(said)
    if len(bare.split()) < 5 or len(bare) > 1_000:
        return None
    best, passage = 0.0, None
    for source in _sources(dossier):
        plain = _bare(source)
        if len(plain) > 400_000:
            continue
        near = fuzz.partial_ratio_alignment(bare, plain, score_cutoff=85)
        if near is not None and near.score > best:
            best, passage = near.score, plain[near.dest_start : near.dest_end]
    return passage


# --- figures


def _figures(judge: Judge, scene: Scene, line: Line) -> None:
    """ "125 former world leaders": is the figure in the text, beside the same word?"""
    if not _PREAMBLE.search(line.text):
        return
    for found in _FIGURE.finditer(line.text):
        if _NOT_NOUNS.match(found["noun"]) or any(c in found.group() for c in "MPDHKXQ"):
            continue
        dossier = judge.measure_at(scene, line, found.start(), found.end())
        if dossier is None or guards.is_others_speech(line, found.start()):
            continue
        if not judge.may_look():
            return
        words = found["noun"].split()
        for length in range(len(words), 0, -1):
            phrase = f"{found['number']}{' percent' if found['percent'] else ''} {' '.join(words[:length])}"
            source = _find_words(dossier, phrase)
            if source is not None:
                stop = found.start("noun") + len(" ".join(words[:length]))
                judge.add("other", dossier, line.span(found.start(), stop), "true", source)
                break
        else:
            if not dossier.texts or _has_number(dossier, found["number"]):
                continue  # what its titles leave out may stand in its text
            told = (_SAYS.search(line.text) or _ALSO_SAYS.search(line.text)) is not None
            other = _other_figure(dossier, words, told=told)
            if other is not None:
                judge.add(
                    "other",
                    dossier,
                    line.span(found.start(), found.start("noun") + len(" ".join(words[:2]))),
                    "false",
                    other,
                )


def _has_number(dossier: Dossier, number: str) -> bool:
    """Whether a text gives this number, of whatever it counts: then nothing says that it is wrong."""
    pattern = re.compile(rf"(?<![\d,.]){re.escape(number)}(?!\d|,\d)")
    return any(pattern.search(text) for text in dossier.texts)


def _other_figure(dossier: Dossier, words: list[str], *, told: bool) -> str | None:
    """Another number that the text gives for the same two words, or for one long one; None where it gives several."""
    if len(words) >= 2:
        noun = rf"{re.escape(words[0])} {re.escape(words[1])}"
    elif told and len(words[0]) >= 7:
        noun = re.escape(words[0])
    else:
        return None
    pattern = re.compile(rf"\b[0-9][0-9,]* {noun}\b", re.I)
    found = {
        " ".join(m.group().split())
        for source in (*dossier.texts, *dossier.titles)
        for m in pattern.finditer(source)
    }
    return found.pop() if len(found) == 1 else None


_RUN = 4  # words in a row that are the text's own
_MOST_RUNS = 4  # of one sentence


def _own_words_of(judge: Judge, scene: Scene, line: Line) -> None:
    """Words in a row that stand so in the measure's text, where the sentence tells what it says."""
    says = _SAYS.search(line.text) or _ALSO_SAYS.search(line.text) or _WHAT_IT_SAYS.search(line.text)
    if (
        says is None
        or guards.is_others_speech(line, says.start())
        or guards.is_denied(line, says.start(), says.end())
    ):
        return
    dossier = judge.measure_at(scene, line, says.end() - 1, says.end())
    if dossier is None or not dossier.texts:
        return
    source = _plain_texts(dossier.texts)
    words = [
        (m.start(), m.end(), m.group())
        for m in _SPOKEN_WORD.finditer(judge.plain.text, scene.sentence.start, scene.sentence.end)
    ]
    place = found = 0
    quoted = scene.sentence.quotes
    while place < len(words) and found < _MOST_RUNS:
        length = 0
        if any(first <= words[place][0] < last for first, last in quoted):
            place += 1  # judged as a quotation
            continue
        while place + length < len(words):
            run = " ".join(_plain_words(" ".join(w for _, _, w in words[place : place + length + 1])))
            if f" {run} " not in source:
                break
            length += 1
        if length >= _RUN or _is_name([w for _, _, w in words[place : place + length]]):
            lead = next((n for n in range(length) if words[place + n][2] not in _LEADING), 0)
            at = (words[place + lead][0], words[place + length - 1][1])
            if len(stems(judge.plain.text[slice(*at)])) >= 2:
                judge.add(
                    "other",
                    dossier,
                    at,
                    "true",
                    " ".join(w for _, _, w in words[place + lead : place + length]),
                )
                found += 1
            place += length
        else:
            place += 1


def _is_name(words: list[str]) -> bool:
    """Two or more words, each in capitals: a name."""
    return len(words) >= 2 and all(word[0].isupper() for word in words)


_LEADING = frozenset(["and", "the", "of", "to", "a", "an", "in", "that", "is", "for", "or", "by"])
_SPOKEN_WORD = re.compile(r"[^\W_][\w'.-]*[^\W_]|[^\W_]")


@lru_cache(maxsize=8)
def _plain_texts(texts: tuple[str, ...]) -> str:
    return f" {' '.join(_plain_words(' '.join(texts)))} "


def _plain_words(words: str) -> list[str]:
    return _bare(re.sub(r"['’]s\b", "", words)).split()
