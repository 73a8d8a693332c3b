"""From the exact plan to whole cents, without breaking a rule, a total or a budget."""
