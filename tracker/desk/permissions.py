"""Who may do what: one table of rights and roles. `doors.allowed` asks it for every page of the desk, and nothing else decides.

`docs/DESK.md` prints the same table (`as_table`), and a test holds the two together.
"""

from __future__ import annotations

from enum import StrEnum

from tracker.desk.models import User

CONTRIBUTOR, EDITOR, ADMIN = User.Role.CONTRIBUTOR, User.Role.EDITOR, User.Role.ADMIN
EVERYONE = (CONTRIBUTOR, EDITOR, ADMIN)
EDITORS = (EDITOR, ADMIN)
ADMINS = (ADMIN,)


class Right(StrEnum):
    """One thing that a member of staff may or may not do. The words are in MEANING, the roles in ROLES."""

    USE_DESK = "use_desk"
    OWN_ACCOUNT = "own_account"
    WRITE_ENTRY = "write_entry"
    REVIEW_ENTRY = "review_entry"
    PUBLISH_ENTRY = "publish_entry"
    PUBLISH_OWN_ALONE = "publish_own_alone"
    CORRECT_ENTRY = "correct_entry"
    WITHDRAW_ENTRY = "withdraw_entry"
    SEE_PRIVATE_NOTES = "see_private_notes"
    ENTER_MEASURE = "enter_measure"
    SETTLE_MEASURE = "settle_measure"
    ASSIGN = "assign"
    ORDER_TOPICS = "order_topics"
    BULK = "bulk"
    CHECK_ARTICLES = "check_articles"
    KEEP_WEBHOOKS = "keep_webhooks"
    MANAGE_ACCOUNTS = "manage_accounts"
    SEE_AUDIT = "see_audit"
    RETRY_SOURCES = "retry_sources"
    SETTINGS = "settings"
    DJANGO_ADMIN = "django_admin"


_TABLE: dict[Right, tuple[str, tuple[User.Role, ...]]] = {
    Right.USE_DESK: ("read the desk: its lists, drafts and reviews; keep lists and “seen” marks", EVERYONE),
    Right.OWN_ACCOUNT: ("change their own name, password, second factors and mails", EVERYONE),
    Right.WRITE_ENTRY: ("write a draft, change it, send it to review, take it back", EVERYONE),
    Right.REVIEW_ENTRY: ("review what another wrote: send it back with a reason, or approve it", EDITORS),
    Right.PUBLISH_ENTRY: ("publish what another wrote", EDITORS),
    Right.PUBLISH_OWN_ALONE: ("publish what they wrote themselves; the public log says so", ADMINS),
    Right.CORRECT_ENTRY: ("publish a correction that another wrote", EDITORS),
    Right.WITHDRAW_ENTRY: ("withdraw what is published", EDITORS),
    Right.SEE_PRIVATE_NOTES: ("read and write the staff's private notes", EVERYONE),
    Right.ENTER_MEASURE: ("enter a measure by hand that no source lists", EDITORS),
    Right.SETTLE_MEASURE: ("settle fields in which staff and record differ", EDITORS),
    Right.ASSIGN: ("assign measures to people, set their priority", EDITORS),
    Right.ORDER_TOPICS: ("make, rename, order and retire topics; give measures their topics", EDITORS),
    Right.BULK: ("change many measures at once", EDITORS),
    Right.CHECK_ARTICLES: ("keep articles and look through what they claim", EVERYONE),
    Right.KEEP_WEBHOOKS: ("have other programs told of changes, and see what they answered", EDITORS),
    Right.MANAGE_ACCOUNTS: ("add accounts, change roles, switch off, reset a second factor", ADMINS),
    Right.SEE_AUDIT: ("read and export who did what", ADMINS),
    Right.RETRY_SOURCES: ("have what was set aside fetched again", ADMINS),
    Right.SETTINGS: ("change the desk's settings", ADMINS),
    Right.DJANGO_ADMIN: ("use the Django admin, where the operator has switched it on", ADMINS),
}

MEANING: dict[Right, str] = {right: meaning for right, (meaning, _) in _TABLE.items()}
ROLES: dict[Right, tuple[User.Role, ...]] = {right: roles for right, (_, roles) in _TABLE.items()}


def may(user: object, right: Right) -> bool:
    """Whether this account's role has the right. False for whoever is not signed in or is switched off."""
    return isinstance(user, User) and user.is_active and user.role in ROLES[right]


def as_table() -> str:
    """The table in Markdown, as `docs/DESK.md` prints it."""
    lines = ["| may | contributor | editor | admin |", "| --- | --- | --- | --- |"]
    for right, meaning in MEANING.items():
        cells = ["yes" if role in ROLES[right] else "–" for role in EVERYONE]
        lines.append(f"| {meaning} (`{right}`) | {' | '.join(cells)} |")
    return "\n".join(lines)
