"""What is measured against what: ``python -m benchmarks.stages`` and ``python -m benchmarks.engines``."""
