"""What the theme of ``.streamlit/config.toml`` cannot say: digits of one width, the looks of figures not confirmed.

The accent of the dark theme is light, to be read on dark: what is written on it is dark, which Streamlit does not do.
A preview has a dashed border, a stale figure is grey: each also bears its word, since colour never says it alone.
"""

STYLE = """<style>
* { font-variant-numeric: tabular-nums; }
[data-testid="stMetricValue"] { font-size: 1.4rem; }
[data-testid="stMetricValue"] * { white-space: normal; overflow: visible; }
button[data-testid^="stBaseButton-primary"], .stMultiSelect span[title] { color: light-dark(#ffffff, #101418); }
.stMainBlockContainer { padding-top: 4.5rem; }
.st-key-preview { border-style: dashed; border-width: 2px; }
.st-key-stale { filter: grayscale(1); opacity: 0.75; border-style: dotted; border-width: 2px; }
</style>"""
"""Written by the program only: no text of a user ever goes in."""
