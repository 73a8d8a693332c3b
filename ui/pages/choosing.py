"""A choice whose code stands in the address, so that a page is found again by its link."""

from collections.abc import Mapping

import streamlit as st


def chosen(label: str, parameter: str, named: Mapping[str, str]) -> str | None:
    """Show a list of names, the one of the address chosen, else the first; return its code, None for an empty list."""
    codes = list(named)
    if not codes:
        return None
    key = f"choice-{parameter}"
    if st.session_state.get(key) not in named:
        asked = st.query_params.get(parameter)
        st.session_state[key] = asked if asked in named else codes[0]
    code = st.selectbox(label, codes, format_func=named.__getitem__, key=key)
    st.query_params[parameter] = code
    return code
