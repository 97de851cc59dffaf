"""Says whether a file is a document as we issued it, without asking anyone else."""
