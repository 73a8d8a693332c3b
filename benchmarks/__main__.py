"""Every bench, one after the other."""

from benchmarks import engines, proofs, stages, whole, workbooks

if __name__ == "__main__":
    stages.main([])
    engines.main()
    proofs.main([])
    whole.main([])
    workbooks.main([])
