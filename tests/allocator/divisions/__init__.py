"""The classical divisions, and the problems they are tested on."""
