"""What is measured against what: ``python -m benchmarks.X``, where X is stages, engines, proofs, whole or workbooks."""
