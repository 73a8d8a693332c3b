"""What pages call: one file per step of a journey, nothing of how it is shown. Each function takes the ``Desk``.

``Desk`` says who acts (``user``), on which ``store``, with which ``queue`` of calculations. Functions raise
NotAllowedError when the user's roles do not allow what is asked; its text says who may.
"""
