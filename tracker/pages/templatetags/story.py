"""The sentences of a paragraph as HTML: phrases linked to what proves them, days as times."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracker.pages.story import Phrase

register = template.Library()


@register.filter
def sentence(phrases: Sequence[Phrase]) -> SafeString:
    """One sentence."""
    return format_html_join("", "{}", ((_phrase(phrase),) for phrase in phrases))


def _phrase(phrase: Phrase) -> SafeString:
    words = format_html("{}", phrase.text)
    if phrase.day is not None:
        words = format_html('<time datetime="{}">{}</time>', phrase.day.isoformat(), words)
    return format_html('<a href="{}">{}</a>', phrase.href, words) if phrase.href else words
