"""The quiet menu that gives what is shown as a file."""

import pytest

from tests.browser.steps import come_to


def opened(page):
    page.wait_for_selector(".save-as:not([hidden])")
    page.click('[data-key="save-as"]')
    return page.locator(".save-as .save-one")


def test_the_answer_is_saved_as_what_is_shown(page):
    come_to(page, "/?kind=MARKET&within=1000m")
    offered = opened(page).all_inner_texts()
    assert {"打印 PDF A4", "打印 PDF A3", "Excel", "Word"} <= set(offered)
    with page.expect_request(lambda request: "format=" in request.url) as asked, page.expect_download() as saved:
        page.click('[data-key="save-svg"]')
    assert "kind=MARKET&within=1000m" in asked.value.url
    assert saved.value.path().read_text("utf-8").startswith("<svg")
    assert saved.value.suggested_filename.endswith(".svg")
    page.wait_for_selector(".save-card .note:not(:empty)")


@pytest.mark.parametrize("format", ["pdfa4", "xlsx"])
def test_the_audit_is_saved_as_the_whole_report(page, format):
    page.goto("/audit?lang=en")
    opened(page)
    with page.expect_download() as saved:
        page.click(f'[data-key="save-{format}"]')
    assert saved.value.path().read_bytes()[:4] in (b"%PDF", b"PK\x03\x04")


def test_a_key_opens_and_closes_the_menu(page):
    come_to(page)
    page.wait_for_selector(".save-as:not([hidden])")
    page.focus('[data-key="save-as"]')
    page.keyboard.press("Enter")
    assert page.locator(".save-as .save-one").first.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.locator(".save-as .save-one").first.is_visible()
    assert page.evaluate("document.activeElement.dataset.key") == "save-as"
