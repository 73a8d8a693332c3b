"""What stands in the way of a document, all at once: file or table, row, column, found, expected, what to do."""

import pandas as pd
import streamlit as st

from scenarios.formats.problems import ScenarioError
from scenarios.language import _


def show_problems(error: ScenarioError) -> None:
    """Show every problem in one table, which can be downloaded; nothing was changed."""
    count = len(error.problems)
    st.error(
        _("1 point à corriger ; rien n'a été modifié.")
        if count == 1
        else _("{count} points à corriger ; rien n'a été modifié.").format(count=count)
    )
    columns = [_("Où"), _("Trouvé"), _("Attendu"), _("Que faire")]
    rows = [(problem.place, problem.found, problem.expected, problem.advice) for problem in error.problems]
    st.dataframe(pd.DataFrame(rows, columns=columns, dtype=object), hide_index=True, width="stretch", placeholder="")
