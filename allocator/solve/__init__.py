"""From a program to one answer: ordered goals, selection, the published tie-break, the exact plan."""
