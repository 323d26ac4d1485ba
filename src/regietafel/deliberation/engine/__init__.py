"""The rules of deliberation: who reads what, how agendas are built, and how two texts become one."""
