"""Monitor: what public sources report about a subject, never about a person.

It reads feeds and exports, keeps messages without their authors, answers search queries and makes the dated
omgevingsbeeld (media picture) of a dossier. A monitor runs only with a purpose, legal basis, owner and end
date.
"""
