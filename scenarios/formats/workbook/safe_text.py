"""Text from users on its way to XlsxWriter, which gives a meaning to two sorts of text that must stay text.

A text between ``<r>`` and ``</r>`` is written by XlsxWriter as ready-made XML, and a text that looks like an escape
(``_x000D_``) twice in a row is escaped only once. Both are written here as XML that says exactly the text.
"""

import re
from xml.sax.saxutils import escape

_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def safe_text(text: str) -> str:
    """Return what to give to ``write_string`` so that the cell holds ``text``."""
    ready_made = text.startswith("<r>") and text.endswith("</r>")
    if not ready_made and not _LIKE_AN_ESCAPE.search(text):
        return text
    # Underscores are written by their number: XlsxWriter recognises none, and adds no escape to ours.
    escaped = _LIKE_AN_ESCAPE.sub("_x005F_", escape(text)).replace("_", "&#95;")
    return f'<r><t xml:space="preserve">{escaped}</t></r>'
