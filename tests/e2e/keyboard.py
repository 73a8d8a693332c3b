"""A person who has only a keyboard: reaches what is named with Tab, opens with Enter, types. Never a mouse."""

from playwright.sync_api import Locator, Page, expect

MOST = 250
"""Presses of Tab before a place counts as out of reach."""


ATTEMPTS = 6


class Keyboard:
    """The keyboard of one page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def reach(self, target: Locator) -> None:
        """Move to what is shown, with Tab only. Raises AssertionError when Tab never gets there."""
        target.wait_for()
        self._page.locator("[data-test-script-state='notRunning']").wait_for()
        for _press in range(MOST):
            if target.evaluate("place => place === document.activeElement"):
                return
            self._page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {target}")

    def press(self, target: Locator) -> None:
        """Press a button or follow a link."""
        self.reach(target)
        self._page.keyboard.press("Enter")

    def button(self, name: str) -> None:
        """Press the button of that name."""
        self.press(self._page.get_by_role("button", name=name, exact=True))

    def unfold(self, title: str) -> None:
        """Open what is folded under a title."""
        self.press(self._page.locator("summary").filter(has_text=title))

    def write(self, label: str, text: str) -> None:
        """Type in a field, in place of what is there."""
        self.reach(self._page.get_by_role("textbox", name=label, exact=True))
        self._page.keyboard.press("Control+A")
        self._page.keyboard.type(text)
        self._page.keyboard.press("Tab")

    def choose(self, label: str, option: str) -> None:
        """Choose in a list by typing what distinguishes the option; a page drawn again closes the list: type again."""
        box = self._page.get_by_role("combobox", name=label, exact=True)
        for _attempt in range(ATTEMPTS):
            self.reach(box)
            self._page.keyboard.press("Control+A")
            self._page.keyboard.type(option)
            try:
                expect(self._page.get_by_role("option").first).to_contain_text(option, timeout=5_000)
            except AssertionError:
                self._page.keyboard.press("Escape")
                continue
            self._page.keyboard.press("Enter")
            return
        raise AssertionError(f"{option} cannot be chosen in {label}")

    def go(self, group: str, title: str) -> None:
        """Go to a page by the menu."""
        self.button(group)
        items = self._page.get_by_role("menuitem")
        items.first.wait_for()
        names = [name.strip() for name in items.all_inner_texts()]
        for _press in range(names.index(title)):
            self._page.keyboard.press("ArrowDown")
        self._page.keyboard.press("Enter")
        self._page.get_by_role("heading", level=1, name=title).wait_for()
