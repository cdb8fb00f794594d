"""Hostile words in a real browser, under the site's own policy: no script runs, nothing is asked of another host, nothing even tries.

The same words stand in titles, key points, notes, press addresses, positions, reasons, members' names and official summaries.
Some are written past our own fences, straight into the tables, as a stranger's backup could bring them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from tests.api.holding import hold, record
from tests.desk import hostile
from tests.desk.cast import a_contributor, an_editor, signed_in
from tests.desk.writing import about, corrected, public
from tracker.desk import entries, publishing
from tracker.desk.fields import NotValid
from tracker.desk.models import Entry, Kind, Publication, Topic
from tracker.ledger.models import Measure, Member
from tracker.records.model import SummaryRecord

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WATCH = """
window.tried = [];
document.addEventListener('securitypolicyviolation', e => window.tried.push(e.violatedDirective + ' ' + e.blockedURI));
"""
ODD = """() => {
  const odd = [];
  for (const each of document.querySelectorAll('*')) {
    for (const a of each.attributes) {
      if (a.name.startsWith('on') || a.name === 'style' || a.name === 'srcdoc') odd.push(each.tagName + ' ' + a.name);
      if (['href', 'src', 'action', 'formaction', 'data', 'xlink:href'].includes(a.name)) {
        const scheme = (() => { try { return new URL(a.value, document.baseURI).protocol } catch { return '' } })();
        if (!['http:', 'https:', ''].includes(scheme)) odd.push(each.tagName + ' ' + a.value);
      }
    }
  }
  for (const name of ['iframe', 'object', 'embed', 'base', 'style', 'math', 'foreignObject', 'video', 'audio', 'img'])
    if (document.querySelector(name)) odd.push(name);
  return odd;
}"""


@pytest.fixture
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield running
        running.close()


@pytest.fixture
def site(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """A site whose every text is hostile."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver keeps a loop in this thread
    summary = "".join(f"<p>{text}</p>{text}" for text in hostile.MARKUP if "\x00" not in text)
    hold(
        record(
            title=" ".join(hostile.MARKUP[:6]),
            subjects=tuple(hostile.MARKUP[20:30]),
            summaries=(SummaryRecord("00", "2025-03-27", "<svg onload=alert(1)>", summary),),
            notes=tuple(hostile.MARKUP[30:60]),
        ),
        at=datetime(2025, 6, 1, tzinfo=UTC),
    )
    Member.objects.update_or_create(
        bioguide="T000476", defaults={"name": hostile.MARKUP[0], "sort_name": hostile.MARKUP[26]}
    )
    topic = Topic.objects.create(
        slug="hostile",
        name="".join(hostile.MARKUP[:2]),
        description="\n\n".join(hostile.MARKDOWN[:80]),
        is_public=True,
        changed_at=datetime.now(UTC),
    )
    cora, edith = a_contributor(), an_editor()
    cora.name, edith.name = hostile.MARKUP[0], hostile.MARKUP[26]
    cora.save()
    edith.save()
    of = about(Measure.objects.get())
    for some in _pieces(hostile.ALL, 40):
        points = [{"text": " ".join(text.split())} for text in some]
        public(cora, edith, of, title=_title(some[0]), fields={"lead": _line(some[1]), "points": points})
    for some in _pieces(hostile.ALL, 60):
        public(cora, edith, of, Kind.NOTE, title=_title(some[2]), fields={"body": "\n\n".join(some)})
    for n, address in enumerate(hostile.ADDRESSES):
        _press(cora, edith, of, address, _line(hostile.MARKUP[n]))
    for target in ({"member": "T000476"}, {"topic_id": topic.pk}):
        public(
            cora,
            edith,
            target,
            Kind.NOTE,
            title=_title(hostile.MARKUP[0]),
            fields={"body": "\n\n".join(hostile.MARKUP)},
        )
    _past_our_fences(of)
    first = Publication.objects.order_by("id")[0]
    corrected(
        first,
        cora,
        edith,
        title="<img src=x onerror=alert(1)>",
        fields={"points": [{"text": hostile.MARKUP[0]}]},
        why=hostile.MARKUP[26],
    )
    publishing.withdraw(Publication.objects.order_by("id")[1].entry, edith, why=hostile.MARKUP[0])
    return str(live_server.url)  # fmt: skip


def _pieces(texts: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), size):
        yield texts[start : start + size] if len(texts) - start > 3 else texts[-3:]


def _line(text: str) -> str:
    return " ".join(text.split())[:200]


def _title(text: str) -> str:
    return _line(text) or "x"


def _press(cora: Any, edith: Any, of: dict[str, Any], address: str, words: str) -> None:
    fields = {"headline": words, "outlet": words, "on": "2025-04-01", "url": address, "body": words}
    entry = entries.start(cora, Kind.PRESS_COVERAGE, of)
    try:
        entries.save(entry, cora, based_on=0, title=words, fields=fields)
    except NotValid:
        entries.save(entry, cora, based_on=0, title=words, fields=fields | {"url": ""})
    entries.ask(entry, cora, version=1)
    publishing.publish(entry, edith, version=1)


def _past_our_fences(of: dict[str, Any]) -> None:
    """Publications as no program of ours would write them."""
    now = datetime.now(UTC)
    for n, (text, address) in enumerate(zip(hostile.MARKUP, hostile.ADDRESSES * 3, strict=False), start=1):
        if "\x00" in text + address:
            continue
        entry = Entry.objects.create(
            kind=Kind.PRESS_COVERAGE,
            state=Entry.State.CORRECTED,
            version=1,
            public_version=1,
            created_at=now,
            changed_at=now,
            **of,
        )
        Publication.objects.create(
            entry=entry,
            number=1,
            revision_number=1,
            act=Publication.Act.CORRECTED,
            kind=Kind.PRESS_COVERAGE,
            title=text,
            fields={"url": address, "headline": text, "on": "2025-04-01"},
            html=f"{text}<a href=\"{address}\">x</a><a href='{address}'>x</a>",
            why=text,
            at=now,
            first_at=now,
            event_id=100_000 + n,
            read_alone=False,
            **of,
        )


def visit(page: Page, url: str) -> list[str]:
    """Open a page, point at and focus everything, press its buttons; answers what ran, was refused, or asked elsewhere."""
    told: list[str] = []
    page.on("dialog", lambda dialog: (told.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on(
        "request",
        lambda asked: (
            told.append(asked.url) if not asked.url.startswith(url.split("/", 3)[0] + "//localhost") else None
        ),
    )
    page.on(
        "console",
        lambda line: (
            told.append(line.text) if "Content Security" in line.text or "Refused" in line.text else None
        ),
    )
    answer = page.goto(url)
    assert answer is not None
    assert answer.status == 200, url
    page.evaluate("""() => {
      for (const each of document.querySelectorAll('*')) {
        each.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));
        if (each.focus) each.focus();
      }
      for (const each of document.querySelectorAll('details')) each.open = true;
    }""")
    told += page.evaluate(ODD)
    told += page.evaluate("window.tried")
    told += page.evaluate("window.ran === undefined ? [] : ['ran']")
    return told  # fmt: skip


PATHS = (
    "/",
    "/measures/",
    "/measures/119/sres/145/",
    "/measures/119/sres/145/?as_of=2099-01-01",
    "/measures/119/sres/145/changes/",
    "/measures/119/sres/145/text/",
    "/measures/119/sres/145/sponsors/",
    "/changes/",
    "/changes/?kind=entry_corrected&kind=entry_withdrawn",
    "/changes/entries/",
    "/members/",
    "/members/T000476/",
    "/topics/",
    "/topics/hostile/",
    "/api/v1/docs",
)


def test_nothing_runs_and_nothing_tries_to(site: str, browser: Browser) -> None:
    assert len(set(hostile.ALL)) >= 200
    page = browser.new_context().new_page()
    page.add_init_script(WATCH)
    singles = [f"/entries/{number}/" for number in _numbers()[:40]]
    echoes = [f"/measures/?q={quote(text)}" for text in hostile.MARKUP[:60:4]]
    found: dict[str, list[str]] = {}
    for path in (*PATHS, *singles, *echoes):
        told = visit(page, f"{site}{path}")
        if told:
            found[path] = told[:3]
    assert found == {}


def test_the_policy_stands_on_every_such_page(site: str) -> None:
    for path in PATHS:
        policy = Client().get(path)["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert "unsafe" not in policy, path


def test_nothing_runs_for_staff_either(site: str, browser: Browser) -> None:
    client = signed_in(an_editor_again())
    context = browser.new_context()
    context.add_cookies(
        [{"name": name, "value": cookie.value, "url": site} for name, cookie in client.cookies.items()]
    )
    page = context.new_page()
    page.add_init_script(WATCH)
    found: dict[str, list[str]] = {}
    first, second, *_, last = _numbers()
    singles = [f"/desk/entries/{number}/" for number in (first, second, second + 9, second + 20, last)]
    editing = [f"/desk/entries/{number}/edit/" for number in (first, second, second + 9)]
    compared = f"/desk/entries/{first}/compare/?from=1&to=2"
    for path in ("/desk/", "/desk/entries/", *singles, *editing, compared, "/desk/measures/119/sres/145/"):
        told = visit(page, f"{site}{path}")
        assert "login" not in page.url, path
        if told:
            found[path] = told[:3]
    assert found == {}


def _numbers() -> list[int]:
    """Of every entry that readers see, the first first."""
    return sorted(set(Publication.objects.values_list("entry_id", flat=True)))


def an_editor_again() -> Any:
    from tracker.desk.models import User

    return User.objects.get(email="edith@example.org")
