"""Key points from the first word to their correction: three people who sign in, and a stranger who looks for drafts meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import APIRequestContext, Browser, Page, expect

from tests.desk import cast
from tests.desk.browsing import chromium_running, sit_down
from tests.desk.measures import with_text
from tests.pages.reading import visible
from tracker.desk.models import Entry, Publication, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MARKER = "Xylograph"  # a word of the draft that stands nowhere else
SECOND = "Yttrium"  # and one of its correction
PAGE = "/measures/119/sres/145/"
API = "/api/v1/measures/119/sres/145"

#: Where a stranger might find what is not published: pages, parts, API, feeds, calendar, search, both clocks.
PLACES = (
    "/",
    PAGE,
    *(
        f"{PAGE}{part}/"
        for part in ("actions", "changes", "related", "sponsors", "text", "votes", "amendments")
    ),
    f"{PAGE}?as_of=2025-04-02",
    f"{PAGE}?on=2025-04-02",
    f"/measures/?q={MARKER}",
    f"/search?q={MARKER}",
    "/measures/",
    "/changes/",
    f"/changes/?q={MARKER}",
    "/changes/entries/",
    "/members/T000476/",
    "/topics/",
    "/feeds/changes.atom",
    f"{PAGE}changes.atom",
    "/measures/changes.atom",
    "/members/T000476/changes.atom",
    "/calendar.ics",
    API,
    f"{API}?as_of=2025-04-02",
    f"{API}/changes",
    f"/api/v1/measures?q={MARKER}",
    "/api/v1/changes",
    "/api/v1/stats",
    "/api/v1/openapi.json",
)


@pytest.fixture
def browser(chromium, monkeypatch) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver keeps a loop in this thread
    with chromium_running(chromium) as running:
        yield running


@pytest.fixture
def site(live_server, settings) -> str:
    settings.SITE_URL = str(live_server.url)
    return str(live_server.url)


def sign_in(browser: Browser, site: str, user: User) -> Page:
    """By password and the code of the app, at the page itself."""
    page = sit_down(browser, site, None)
    page.goto(f"{site}/accounts/login/?next=/desk/entries/")
    page.get_by_label("Mail address").fill(user.email)
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/code/**")
    page.get_by_label("Code").first.fill(cast.code_of(user))
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/entries/")
    return page


def seen_by_a_stranger(stranger: APIRequestContext, site: str) -> dict[str, tuple[int, str | None]]:
    """Every place's status and ETag; none has a word of what is not published."""
    found = {}
    for place in PLACES:
        answer = stranger.get(site + place)
        text = (
            answer.text()
            .replace(f"q={MARKER}", "")
            .replace(f'value="{MARKER}"', "")
            .replace(f"“{MARKER}”", "")
        )
        assert SECOND not in text, place
        assert MARKER not in text or "?q=" in place, place
        found[place] = answer.status, answer.headers.get("etag")
    assert {status for status, _ in found.values()} == {200}, found
    return found


def forged(page: Page, site: str, path: str, **sent: str) -> int:
    """A form sent as a program would, with this person's own session and token; the status that came back."""
    token = page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value") or ""
    form = {"csrfmiddlewaretoken": token, **sent}
    return page.context.request.post(site + path, form=form, max_redirects=0).status


def entries_in_api(stranger: APIRequestContext, site: str) -> list[str]:
    """The entries' events of the one ledger, in its order."""
    events = stranger.get(f"{site}/api/v1/changes?limit=250").json()["results"]
    return [event["kind"] for event in events if event["kind"].startswith("entry_")]


def test_key_points_are_written_read_by_another_published_and_corrected(site: str, browser: Browser) -> None:
    cora, edith, ada = cast.a_contributor(), cast.an_editor(), cast.an_admin()
    with_text()
    stranger = browser.new_context().request
    before = seen_by_a_stranger(stranger, site)

    # Cora writes, and asks Edith to read it.
    writer = sign_in(browser, site, cora)
    writer.keyboard.press("n")
    writer.wait_for_url("**/desk/entries/new/")
    writer.get_by_label("What it is about").fill("S.Res. 145")
    writer.get_by_label("Key points").check()
    writer.get_by_role("button", name="Begin to write").click()
    expect(writer.locator("h1")).to_have_text("None of the text’s three paragraphs has its point yet")
    writer.locator("#f-lead").fill("It would state what the Senate thinks.")
    writer.locator("#point-1").fill(f"It would honor those who keep the banks, {MARKER}.")
    writer.locator("#point-2").fill("It would call on the States to mend what floods broke.")
    writer.locator("#point-3").fill("It would ask for this within five years.")
    expect(writer.locator("h1")).to_have_text("Every paragraph of the text has its point")
    expect(writer.locator("#beside")).to_contain_text(MARKER)
    writer.get_by_label("Who should read it").select_option(label="Edith Editor, editor")
    writer.keyboard.press("Control+Enter")
    expect(writer.locator("main")).to_contain_text("a review is asked for")
    entry = Entry.objects.get()
    mine = f"/desk/entries/{entry.pk}/"

    # Nobody who is not of the desk sees anything of it, and no page changed by a byte.
    assert seen_by_a_stranger(stranger, site) == before
    assert stranger.get(f"{site}/entries/{entry.pk}/").status == 404
    for path in (mine, f"{mine}edit/", f"{mine}compare/", "/desk/entries/"):
        answer = stranger.get(site + path, max_redirects=0)
        assert (answer.status, MARKER in answer.text()) == (302, False), path

    # Cora cannot publish it by any address, her own work or another's.
    expect(writer.locator("main")).to_contain_text("Editors and admins publish; you write.")
    expect(writer.get_by_role("button", name="Publish")).to_have_count(0)
    assert forged(writer, site, f"{mine}publish/", version="1") == 403
    assert forged(writer, site, f"{mine}withdraw/", why="x") == 403
    assert forged(writer, site, "/desk/entries/bulk/", do="withdraw", chosen=str(entry.pk), confirmed="yes", note="x") == 403  # fmt: skip
    forged(writer, site, f"{mine}ask/", version="1", reviewer=str(edith.pk), state="published", do="publish")
    forged(writer, site, f"{mine}edit/", based_on="1", do="publish", state="published")
    assert not Publication.objects.exists()
    entry.refresh_from_db()
    assert (entry.state, entry.public_version) == ("in_review", None)

    # Edith finds it, reads it and publishes it.
    reader = sign_in(browser, site, edith)
    reader.goto(f"{site}/desk/entries/?reviewer=me")
    reader.keyboard.press("j")
    reader.keyboard.press("Enter")
    reader.wait_for_url(f"**{mine}")
    reader.get_by_role("button", name="Publish").click()
    expect(reader.locator("main")).to_contain_text("Published. Readers see it now.")

    visitor = sit_down(browser, site, None)
    visitor.goto(site + PAGE)
    ours = visitor.locator("aside.ours", has_text=MARKER)
    expect(ours).to_contain_text("Ours, not Congress’s")
    ours.get_by_role("link", name="paragraph 1").click()
    assert visitor.url.endswith(f"{PAGE}text/?version=is#p1")
    assert entries_in_api(stranger, site) == ["entry_published"]
    assert MARKER in stranger.get(site + API).json()["entries"][0]["html"]
    assert stranger.get(site + PAGE).headers["etag"] != before[PAGE][1]
    for place in (f"{PAGE}?as_of=2025-04-02", f"{API}?as_of=2025-04-02"):
        assert MARKER not in stranger.get(site + place).text()  # it was not known then

    # Cora corrects it; readers see the old words until Edith has read the new.
    writer.goto(f"{site}{mine}edit/")
    writer.locator("#point-1").fill(f"It would honor whoever keeps the banks, {SECOND}.")
    writer.locator("#why").fill("Not only “those”.")
    writer.get_by_role("button", name="Save and ask for a review").click()
    expect(writer.locator("main")).to_contain_text("a review is asked for")
    assert MARKER in stranger.get(site + PAGE).text() and SECOND not in stranger.get(site + PAGE).text()
    assert SECOND not in stranger.get(f"{site}/entries/{entry.pk}/").text()
    reader.goto(f"{site}{mine}compare/?from=1&to=2")
    expect(reader.locator("main del").first).to_contain_text("those who keep")
    reader.goto(site + mine)
    reader.get_by_label("What was corrected").fill("The first point named too few.")
    reader.get_by_role("button", name="Publish the correction").click()
    expect(reader.locator("main")).to_contain_text("The correction is published.")

    # Both stand in the public log, and in the ledger.
    page = stranger.get(site + PAGE).text()
    assert SECOND in page
    visitor.goto(f"{site}/changes/entries/")
    log = visitor.locator("main").inner_text()
    assert "The first point named too few." in log
    assert log.index("The first point named too few.") < log.index(
        "published by a second person"
    )  # newest first
    visitor.goto(f"{site}/entries/{entry.pk}/")
    versions = visitor.locator("main").inner_text()
    assert MARKER in versions and SECOND in versions
    assert entries_in_api(stranger, site) == ["entry_published", "entry_corrected"]
    call_command("verify")

    # What an admin publishes alone says so in the public log.
    alone = sign_in(browser, site, ada)
    alone.goto(f"{site}/desk/entries/new/?about=119/sres/145&kind=note")
    alone.get_by_role("button", name="Begin to write").click()
    alone.get_by_label("Title").fill("On the rivers")
    alone.get_by_label("The note").fill("Read by nobody else.")
    alone.keyboard.press("Control+s")
    alone.get_by_role("button", name="Publish").click()
    expect(alone.locator("main")).to_contain_text("Published. Readers see it now.")
    log = visible(stranger.get(f"{site}/changes/entries/").text())
    assert log.count("published without a second reader") == 1
    assert [words for page in (writer, reader, alone, visitor) for words in page.complaints] == []
