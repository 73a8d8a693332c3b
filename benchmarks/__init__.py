"""What is measured against what: ``python -m benchmarks.stages``, ``.engines``, ``.proofs`` and ``.whole``."""
