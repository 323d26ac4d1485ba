"""What every resource of the API shares: keys, problems, queries, pages, and the description of it all."""
