"""Django machinery without domain: pages, tables, forms, audit, documents, charts, jobs, health."""
