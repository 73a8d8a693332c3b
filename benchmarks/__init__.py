"""What is measured against what: ``python -m benchmarks.stages``, ``benchmarks.engines`` and ``benchmarks.proofs``."""
