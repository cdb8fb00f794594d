"""Second factors: who needs one, whether a code is right, and what sets one up or takes it away.

A code of an authenticator app is taken once: the step of time it belongs to is kept with the secret, under the row's lock, so
that no second process can take it again.
"""

from __future__ import annotations

import hmac
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from tracker.desk import acts, notices, sessions
from tracker.desk.adapters import CannotRead
from tracker.desk.models import User

TYPE_WORDS = {"totp": "an authenticator app", "webauthn": "a passkey", "recovery_codes": "a recovery code"}
CODES: int = app_settings.RECOVERY_CODE_COUNT
LAST_STEP = "last_step"  # in an authenticator's data: the step of time whose code was taken last
UNREADABLE = (
    "This site’s SECRET_KEY has changed, so your second factor can no longer be read. An admin can reset it."
)
LAST_ONE = "This is your only second factor, and the desk asks for one. Set up another first."


def is_needed(user: User) -> bool:
    """Whether the desk is closed to this account without a second factor. Always so for admins."""
    return user.role == User.Role.ADMIN or settings.SECOND_FACTOR == "everyone"


def is_set_up(user: User) -> bool:
    """Whether the account has a second factor; recovery codes alone are none."""
    return bool(of(user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def is_satisfied(request: HttpRequest, user: User) -> bool:
    """Whether this session may pass: it has shown a second factor, or the account needs none."""
    return sessions.shown_second_factor(request) or not is_needed(user)


def of(user: User) -> Any:
    """The account's authenticators, oldest first."""
    return Authenticator.objects.filter(user=user).order_by("created_at", "pk")


def take_code(user: User, code: str) -> Authenticator | None:
    """The authenticator whose code this is, its code used up; None where it is nobody's, or was used before.

    Raises ValidationError where the account's secrets cannot be read.
    """
    digits = "".join(sign for sign in code if sign.isdecimal() and sign.isascii())
    try:
        with transaction.atomic():
            for row in of(user).exclude(type=Authenticator.Type.WEBAUTHN).select_for_update():
                if row.type == Authenticator.Type.TOTP:
                    right = _take_step(row, digits)
                else:
                    right = RecoveryCodes(row).validate_code(digits)
                    row.refresh_from_db()
                if right:
                    row.last_used_at = timezone.now()
                    row.save()
                    return row
    except CannotRead:
        raise ValidationError(UNREADABLE, code="unreadable") from None
    return None


def set_up_totp(user: User, secret: str, code: str) -> bool:
    """Take this secret as the account's authenticator app if the code is its own; False where it is not.

    Raises ValidationError where the account has an app already.
    """
    step = _step_of(secret, "".join(code.split()))
    if step is None:
        return False
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if of(user).filter(type=Authenticator.Type.TOTP).exists():
            raise ValidationError("This account has an authenticator app already.", code="has_one")
        Authenticator.objects.create(
            user=user,
            type=Authenticator.Type.TOTP,
            data={"secret": encrypt(secret), LAST_STEP: step},
        )
        _was_added(user, "totp")
    return True


def add_passkey(user: User, name: str, credential: dict[str, Any]) -> None:
    """Keep a passkey whose registration has been checked."""
    with transaction.atomic():
        WebAuthn.add(user, name, credential)
        _was_added(user, "webauthn")


def remove(user: User, row: Authenticator) -> None:
    """Take one second factor away. Raises ValidationError where it is the last one and the desk needs one."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        others = of(user).exclude(pk=row.pk).exclude(type=Authenticator.Type.RECOVERY_CODES)
        if not others.exists():
            if is_needed(user):
                raise ValidationError(LAST_ONE, code="last")
            of(user).filter(type=Authenticator.Type.RECOVERY_CODES).delete()
        kind = row.type
        row.delete()
        acts.record(user, "remove_second_factor", acts.account(user), f"Removed {TYPE_WORDS[kind]}")
        notices.second_factor_changed(user, f"{TYPE_WORDS[kind]} was removed")


def new_recovery_codes(user: User) -> list[str]:
    """Ten codes that take the place of all before; they are shown this once."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        of(user).filter(type=Authenticator.Type.RECOVERY_CODES).delete()
        codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
        acts.record(user, "make_recovery_codes", acts.account(user), "Made new recovery codes")
    return codes


def recovery_codes_left(user: User) -> int:
    """How many are unused; 0 where none were made."""
    row = of(user).filter(type=Authenticator.Type.RECOVERY_CODES).first()
    return CODES - int(row.data["used_mask"]).bit_count() if row is not None else 0


def take_all_away(user: User) -> int:
    """Delete every second factor of the account, in the caller's transaction; how many there were."""
    return int(of(user).delete()[0])


def _was_added(user: User, kind: str) -> None:
    acts.record(user, "add_second_factor", acts.account(user), f"Set up {TYPE_WORDS[kind]}")
    notices.second_factor_changed(user, f"{TYPE_WORDS[kind]} was added")


def _step_of(secret: str, code: str) -> int | None:
    """The step of time, near now, whose code this is."""
    for step in totp.yield_hotp_counters_from_time():
        right = totp.format_hotp_value(totp.hotp_value(secret, step))
        if hmac.compare_digest(right.encode(), code.encode()):
            return int(step)
    return None


def _take_step(row: Authenticator, code: str) -> bool:
    step = _step_of(decrypt(row.data["secret"]), code)
    if step is None or step <= row.data.get(LAST_STEP, 0):
        return False
    row.data[LAST_STEP] = step
    return True
