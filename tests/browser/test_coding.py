"""The coder card, by mouse and by keyboard."""

import pytest


@pytest.fixture
def page(open_notebook):
    page = open_notebook("notebooks/01-classify.ipynb")
    page.run_all()
    return page


def test_coding_by_button_and_by_key(page):
    tab = page.tab
    card = tab.locator("[role=status]")
    card.scroll_into_view_if_needed()
    first = card.inner_text()
    tab.get_by_role("button", name="1 about").click()
    tab.get_by_text("1 of 12 coded").wait_for()
    assert card.inner_text() != first
    key = tab.get_by_placeholder("1 2 3")
    for count, letter in enumerate("23", start=2):
        key.press(letter)
        tab.get_by_text(f"{count} of 12 coded").wait_for()
    assert key.input_value() == ""
    assert "You and the reference agree on" in tab.locator("body").inner_text()
    key.press("u")
    tab.get_by_text("2 of 12 coded").wait_for()
    for count in range(3, 13):
        key.press("1")
        tab.get_by_text(f"{count} of 12 coded").wait_for()
    assert "All done" in card.inner_text()
    assert tab.get_by_role("button", name="1 about").is_disabled()
    assert page.strayed == []
