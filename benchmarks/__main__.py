"""Every bench, one after the other."""

from benchmarks import engines, explanations, preview, proofs, sessions, stages, whole, workbooks

if __name__ == "__main__":
    stages.main([])
    engines.main()
    explanations.main([])
    proofs.main([])
    whole.main([])
    workbooks.main([])
    preview.main([])
    sessions.main([])
