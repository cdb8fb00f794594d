"""What no password may be, beside short, common or like its owner's name: the site's own name."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError

LEFT = 8  # letters and digits that must remain once the site's names are taken out


class NotTheSiteValidator:
    """Refuses what is little more than the name of the program or of the site's host, however often."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError."""
        bare = re.sub(r"[\W_]", "", password.lower())
        without = bare
        for name in _names():
            without = without.replace(name, "")
        if without != bare and len(without) < LEFT:
            raise ValidationError("This password is little more than the name of this site.", code="the_site")

    def get_help_text(self) -> str:
        return "Your password can’t be little more than the name of this site."


def _names() -> list[str]:
    host = urlsplit(settings.SITE_URL).hostname or ""
    return ["whereas", *(label for label in host.lower().split(".") if len(label) > 3)]
