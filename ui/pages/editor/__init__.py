"""The shared piece of the pages that edit tables: staged edits, beside the rows, committed with a reason.

A page calls ``show_editor(opened, tables)``: it only says which tables of the dictionary it shows.
"""

from ui.pages.editor.page import show_editor

__all__ = ["show_editor"]
