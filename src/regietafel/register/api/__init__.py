"""The register in the API: organisations, areas, and dossiers with their facts and moments."""
