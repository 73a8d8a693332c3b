"""How the shipped scenarios are made from the published tables of ``scenarios/library/sources``."""
