"""Calculations in processes of their own, so that no page waits for another: ``shared.queue().submit(owner, task)``."""
