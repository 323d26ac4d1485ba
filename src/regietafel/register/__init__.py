"""Register: who and where. Organisations, areas, people with roles, and the dossiers everything else belongs to."""
