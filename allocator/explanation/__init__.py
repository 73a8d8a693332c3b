"""Why an amount, why not an operation, what one more euro buys, what it would take: in the committee's words."""
