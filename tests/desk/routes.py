"""Every address of the site and who may use it: one row each, in the words of the URLconf.

`test_permissions.py` walks the URLconf against these rows, so a new address needs a row here, and nothing more:

    "desk/things/": page(Right.USE_DESK),                    # GET, HEAD
    "desk/things/new/": form(Right.WRITE_ENTRY),             # GET, HEAD, POST
    "desk/things/<int:pk>/drop/": action(Right.BULK),        # POST
    "things/<slug:slug>/": public(),                         # GET, HEAD; the same for everybody, no cookie
    "api/v1/ask": public("POST", csrf_exempt=True),          # with the reason beside it
    "things/preview/<int:pk>/": page(Right.USE_DESK, hidden=True),   # to strangers and lesser roles it does not exist

Values for what stands in <…> come from SAMPLES, by the name of the parameter.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.desk.permissions import Right


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may use an address, and by which methods."""

    right: Right | None  # None: anybody
    methods: frozenset[str]
    hidden: bool = False  # 404 in place of the sign-in page and of 403
    second_factor: bool = True  # False: open before a second factor is set up
    csrf_exempt: bool = False
    cookie: bool = False  # of an address for anybody: a form, and so a cookie


SAFE = frozenset({"GET", "HEAD"})


def public(*methods: str, csrf_exempt: bool = False) -> Rule:
    """For anybody, the same for everybody, without a cookie."""
    return Rule(None, frozenset(methods) or SAFE, csrf_exempt=csrf_exempt)


def entrance(*methods: str) -> Rule:
    """A form for anybody, with its cookie: signing in, checking, following."""
    return Rule(None, frozenset(methods) or SAFE | {"POST"}, cookie=True)


def page(right: Right, *, hidden: bool = False, second_factor: bool = True) -> Rule:
    return Rule(right, SAFE, hidden, second_factor)


def form(right: Right, *, hidden: bool = False, second_factor: bool = True) -> Rule:
    return Rule(right, SAFE | {"POST"}, hidden, second_factor)


def action(right: Right, *, hidden: bool = False) -> Rule:
    return Rule(right, frozenset({"POST"}), hidden)


SAMPLES = {
    "year": "2025",
    "session": "1",
    "chamber": "house",
    "bioguide": "T000476",
    "call": "1",
    "code": "ssfr00",
    "congress": "119",
    "difference": "1",
    "form": "senate-resolution",
    "nth": "119th",
    "number": "145",
    "pk": "1",
    "rest": "text",
    "secret": "nobodys-link",
    "slug": "iran",
    "token": "x-y",
    "type": "sres",
    "uidb64": "MQ",
}

MEASURE = "<congress:congress>/<type:type>/<number:number>"

ROUTES: dict[str, Rule] = {
    # --- for operators
    "healthz": public(),
    "readyz": public(),
    "metrics": public(),
    # --- signing in, and one's own account
    "accounts/login/": entrance(),
    "accounts/code/": entrance(),
    "accounts/logout/": entrance(),
    "accounts/forgotten/": entrance(),
    "accounts/set-password/<uidb64>/<token>/": entrance(),
    "accounts/": page(Right.OWN_ACCOUNT),
    "accounts/name/": action(Right.OWN_ACCOUNT),
    "accounts/mails/": action(Right.OWN_ACCOUNT),
    "accounts/password/": form(Right.OWN_ACCOUNT),
    "accounts/second-factor/": page(Right.OWN_ACCOUNT, second_factor=False),
    "accounts/second-factor/app/": form(Right.OWN_ACCOUNT, second_factor=False),
    "accounts/second-factor/passkey/": form(Right.OWN_ACCOUNT, second_factor=False),
    "accounts/second-factor/<int:pk>/remove/": form(Right.OWN_ACCOUNT),
    "accounts/recovery-codes/": form(Right.OWN_ACCOUNT),
    "accounts/confirm/": form(Right.OWN_ACCOUNT, second_factor=False),
    "accounts/sessions/": action(Right.OWN_ACCOUNT),
    # --- the desk
    "desk/": page(Right.USE_DESK),
    "desk/unsettled/": page(Right.USE_DESK),
    "desk/kin/": page(Right.USE_DESK),
    "desk/kin/<int:pk>/": action(Right.SETTLE_MEASURE),
    "desk/try-again/": action(Right.RETRY_SOURCES),
    "desk/outgrown/": page(Right.USE_DESK),
    "desk/articles/": page(Right.CHECK_ARTICLES),
    "desk/articles/settle/": action(Right.REVIEW_ENTRY),
    "desk/seen/": action(Right.USE_DESK),
    "desk/open/": page(Right.USE_DESK),
    "desk/measures/": page(Right.USE_DESK),
    "desk/measures/bulk/": action(Right.USE_DESK),  # to mark as seen; each other deed asks for Right.BULK
    "desk/measures/<int:congress>/<str:type>/<int:number>/": page(Right.USE_DESK),
    "desk/measures/<int:congress>/<str:type>/<int:number>/care/": action(
        Right.USE_DESK
    ),  # the note; the rest asks for Right.ASSIGN
    "desk/measures/<int:congress>/<str:type>/<int:number>/topics/": action(Right.ORDER_TOPICS),
    "desk/topics/": page(Right.USE_DESK),
    "desk/topics/make/": action(Right.ORDER_TOPICS),
    "desk/topics/<int:pk>/": page(Right.USE_DESK),
    "desk/topics/<int:pk>/change/": action(Right.ORDER_TOPICS),
    "desk/topics/<int:pk>/move/": action(Right.ORDER_TOPICS),
    "desk/topics/<int:pk>/decide/": action(Right.ORDER_TOPICS),
    "desk/topics/<int:pk>/delete/": action(Right.ORDER_TOPICS),
    "desk/lists/": page(Right.USE_DESK),
    "desk/lists/new/": form(Right.USE_DESK),
    "desk/lists/<int:pk>/": action(Right.USE_DESK),
    "desk/by-hand/": page(Right.USE_DESK),
    "desk/by-hand/new/": form(Right.ENTER_MEASURE),
    "desk/by-hand/names/": page(Right.ENTER_MEASURE),
    "desk/by-hand/<int:pk>/": page(Right.USE_DESK),
    "desk/by-hand/<int:pk>/edit/": form(Right.ENTER_MEASURE),
    "desk/by-hand/<int:pk>/publish/": action(Right.PUBLISH_ENTRY),
    "desk/by-hand/<int:pk>/withdraw/": action(Right.WITHDRAW_ENTRY),
    "desk/by-hand/<int:pk>/differences/": page(Right.USE_DESK),
    "desk/by-hand/<int:pk>/differences/<int:difference>/settle/": action(Right.SETTLE_MEASURE),
    "desk/by-hand/<int:pk>/differences/settle-all/": action(Right.SETTLE_MEASURE),
    "desk/accounts/": form(Right.MANAGE_ACCOUNTS),
    "desk/accounts/<int:pk>/": form(Right.MANAGE_ACCOUNTS),
    "desk/audit/": page(Right.SEE_AUDIT),
    "desk/audit/export/": action(Right.SEE_AUDIT),
    # --- entries
    "desk/entries/": page(Right.USE_DESK),
    "desk/entries/bulk/": action(Right.USE_DESK),
    "desk/entries/new/": form(Right.WRITE_ENTRY),
    "desk/entries/<int:number>/": page(Right.USE_DESK),
    "desk/entries/<int:number>/compare/": page(Right.USE_DESK),
    "desk/entries/<int:number>/check/": page(Right.CHECK_ARTICLES),
    "desk/entries/<int:number>/edit/": form(Right.WRITE_ENTRY),
    "desk/entries/<int:number>/preview/": action(Right.WRITE_ENTRY),
    "desk/entries/<int:number>/autosave/": action(Right.WRITE_ENTRY),
    "desk/entries/<int:number>/merge/": page(Right.WRITE_ENTRY),
    "desk/entries/<int:number>/ask/": action(Right.WRITE_ENTRY),
    "desk/entries/<int:number>/take-back/": action(Right.WRITE_ENTRY),
    "desk/entries/<int:number>/send-back/": action(Right.REVIEW_ENTRY),
    "desk/entries/<int:number>/note/": action(Right.SEE_PRIVATE_NOTES),
    "desk/entries/<int:number>/publish/": action(Right.PUBLISH_ENTRY),
    "desk/entries/<int:number>/withdraw/": action(Right.WITHDRAW_ENTRY),
    "desk/entries/<int:number>/confirm/": action(Right.REVIEW_ENTRY),
    "desk/webhooks/": form(Right.KEEP_WEBHOOKS),
    "desk/webhooks/<int:pk>/": page(Right.KEEP_WEBHOOKS),
    "desk/webhooks/<int:pk>/change/": action(Right.KEEP_WEBHOOKS),
    "desk/webhooks/<int:pk>/calls/<int:call>/again/": action(Right.KEEP_WEBHOOKS),
    # --- the API
    "api/v1/docs": public(),
    "api/v1/measures": public(),
    "api/v1/measures/<int:congress>/<type>/<int:number>": public(),
    "api/v1/measures/<int:congress>/<type>/<int:number>/changes": public(),
    "api/v1/measures/<int:congress>/<type>/<int:number>/coalition": public(),
    "api/v1/measures/<int:congress>/<type>/<int:number>/kin": public(),
    "api/v1/measures/<int:congress>/<type>/<int:number>/story": public(),
    "api/v1/measures/<int:congress>/<type>/<int:number>/supporters": public(),
    "api/v1/changes": public(),
    "api/v1/members": public(),
    "api/v1/members/<bioguide>": public(),
    "api/v1/members/<bioguide>/votes": public(),
    "api/v1/votes": public(),
    "api/v1/votes/<int:congress>/<chamber>/<int:year>/<int:number>": public(),
    "api/v1/check": public("POST", csrf_exempt=True),  # keeps nothing, and knows no cookie
    "api/v1/committees": public(),
    "api/v1/committees/<code>": public(),
    "api/v1/topics": public(),
    "api/v1/topics/<slug>": public(),
    "api/v1/sources": public(),
    "api/v1/stats": public(),
    **{
        f"api/v1/{name}.{form}": public()
        for name in ("measures", "changes", "members", "committees", "topics", "votes")
        for form in ("csv", "jsonl")
    },
    "api/v1/bulk/record.jsonl.gz": public(),
    "api/v1/bulk/record.jsonl.gz.sha256": public(),
    "api/v1/": public(),
    "api/v1/openapi.json": public(),
    # --- public pages
    "": public(),
    "measures/": public(),
    "measures/elsewhere/": public(),
    "measures/elsewhere/<slug:slug>/": public(),
    "changes/": public(),
    "changes/entries/": public(),
    "entries/<number:number>/": public(),
    "search": public(),
    "search/": public(),
    MEASURE: public(),
    f"{MEASURE}/": public(),
    "bill/<nth:nth>-congress/<form:form>/<number:number>": public(),
    "bill/<nth:nth>-congress/<form:form>/<number:number>/": public(),
    "bill/<nth:nth>-congress/<form:form>/<number:number>/<path:rest>": public(),
    f"measures/{MEASURE}/": public(),
    f"measures/{MEASURE}/actions/": public(),
    f"embed/{MEASURE}/": public(),
    f"measures/{MEASURE}/amendments/": public(),
    f"measures/{MEASURE}/changes/": public(),
    f"measures/{MEASURE}/coalition/": public(),
    f"measures/{MEASURE}/coalition.csv": public(),
    f"measures/{MEASURE}/related/": public(),
    f"measures/{MEASURE}/sponsors/": public(),
    f"measures/{MEASURE}/text/": public(),
    f"measures/{MEASURE}/text/compare/": public(),
    f"measures/{MEASURE}/votes/": public(),
    "members/": public(),
    "members/<bioguide:bioguide>/": public(),
    "members/<bioguide:bioguide>/votes/": public(),
    "check/": entrance(),
    "votes/": public(),
    "votes/rules/": public(),
    "votes/<congress:congress>/<chamber:chamber>/<year:year>/<number:number>/": public(),
    "votes/<congress:congress>/<chamber:chamber>/<session:session>/<number:number>/": public(),
    "committees/": public(),
    "committees/<committee:code>/": public(),
    "topics/": public(),
    "topics/<slug:slug>/": public(),
    "sources/": public(),
    # --- following by mail: whoever holds a follower's link may use it
    "follow/": entrance(),
    "follow/<slug:secret>/": entrance(),
    "follow/<slug:secret>/confirm/<int:number>/": entrance(),
    "follow/<slug:secret>/<int:number>/": entrance("POST"),
    "follow/<slug:secret>/leave/": public("GET", "HEAD", "POST", csrf_exempt=True),  # mail programs post here
    "follow/<slug:secret>/data.json": public(),
    # --- feeds
    "feeds/changes.atom": public(),
    "measures/changes.atom": public(),
    f"measures/{MEASURE}/changes.atom": public(),
    "members/<bioguide:bioguide>/changes.atom": public(),
    "committees/<committee:code>/changes.atom": public(),
    "topics/<slug:slug>/changes.atom": public(),
    "calendar.ics": public(),
}
