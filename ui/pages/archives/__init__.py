"""*Archives*: seal a version, the journal, verify and replay an archive, and what each of its amounts rests on."""

from ui.pages.archives.page import show

__all__ = ["show"]
