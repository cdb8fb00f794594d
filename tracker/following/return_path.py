"""The address that a mail comes back to, and by which mail: what nobody can forge who has not had that very mail.

Each mailing's key is its number and a MAC of it. It stands in the Message-ID and, where BOUNCES_TO names a mailbox, in the
envelope's sender: `bounces+17-3f…@example.org` (VERP). A key is the same for each try, and another for a number that comes
again after a restore.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from tracker.following.models import Mailing

_KEY = re.compile(r"(?:\+|<mailing-)(\d{1,18})-([0-9a-f]{32})@")
LOOKED_AT = 20  # keys in one mail; who writes more of them is guessing


def key(mailing: Mailing) -> str:
    """ "17-" and 128 bits in hexadecimal, in lower case since mail servers may change the case of an address."""
    said = f"{mailing.pk} {mailing.follower_id} {mailing.created_at.isoformat()}"
    mac = salted_hmac("tracker.following.return_path", said, algorithm="sha256").hexdigest()[:32]
    return f"{mailing.pk}-{mac}"


def return_path(mailing: Mailing) -> str:
    """The envelope's sender: what comes back comes here. Without BOUNCES_TO the address that mail comes from."""
    if not settings.BOUNCES_TO:
        return settings.DEFAULT_FROM_EMAIL
    local, _, domain = settings.BOUNCES_TO.rpartition("@")
    return f"{local}+{key(mailing)}@{domain}"


def message_id(mailing: Mailing) -> str:
    """The same for each try of a mailing, so that a mail that comes twice shows once."""
    return f"<mailing-{key(mailing)}@{own_host()}>"


def own_host() -> str:
    """The site's name, as Message-IDs and list ids end."""
    return (
        urlsplit(settings.SITE_URL).hostname or parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    )


def mailing_of(lines: Iterable[str]) -> Mailing | None:
    """The mailing whose true key stands in one of these header values; None where none does, or it is forgotten."""
    found = [match for line in lines for match in _KEY.findall(line.lower())]
    for number, _ in dict.fromkeys(found[:LOOKED_AT]):
        mailing = Mailing.objects.select_related("follower").filter(pk=int(number)).first()
        if mailing and any(constant_time_compare("-".join(each), key(mailing)) for each in found[:LOOKED_AT]):
            return mailing
    return None
