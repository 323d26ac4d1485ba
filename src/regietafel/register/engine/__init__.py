"""Rules of the register: who may see and change what, and how a dossier moves through its phases."""
