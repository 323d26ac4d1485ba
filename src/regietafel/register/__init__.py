"""Register: who and where. Organisations, areas, people with roles, and the dossiers all else belongs to."""
