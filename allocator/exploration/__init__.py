"""What else the committee could choose, and what the plan is worth when things go wrong."""
