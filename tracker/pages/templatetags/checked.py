"""Measures as a checked article's page names and links them."""

from __future__ import annotations

from urllib.parse import urlsplit

from django import template

from tracker.congress.citations import Citation
from tracker.press.telling import record_told

register = template.Library()


@register.filter
def citation_of(measure: str | None) -> str:
    """ "S.Res. 145 (119th Congress)" of "119/sres/145"; "" for none."""
    if measure is None:
        return ""
    congress, type, number = measure.split("/")
    return Citation(int(congress), type, int(number)).in_full


@register.filter
def short_citation(measure: str | None) -> str:
    """ "S.Res. 145" of "119/sres/145"; "" for none."""
    if measure is None:
        return ""
    _, type, number = measure.split("/")
    return str(Citation(None, type, int(number)))


register.filter("record_told", record_told)


@register.filter
def full_stop(words: str) -> str:
    """Words as a sentence: an official line that ends in a full stop gets no second one."""
    return words if not words or words.endswith(".") else f"{words}."


@register.filter
def path_of(address: str | None) -> str:
    """The path of an address on this site, which is what its own pages link."""
    return urlsplit(address or "").path
