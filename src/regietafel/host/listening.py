"""The port to serve on: opened once and kept, so that a web server that restarts refuses nobody."""

import errno
import socket
from pathlib import Path

from regietafel.kit.commands import CommandError

LISTEN_STATE = "0A"


def open_port(address: str, port: int) -> socket.socket:
    """Return a listening socket, or explain who holds the port and what to do."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((address, port))
    except OSError as error:
        door.close()
        raise CommandError(_explain(error, address, port=port)) from None
    door.listen(2048)
    return door


def _explain(error: OSError, address: str, *, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        holder = holder_of(port)
        by = f" door {holder}" if holder else ""
        return f"Poort {port} is al in gebruik{by}. Kies een andere, bijvoorbeeld: --poort {port + 1}"
    if error.errno == errno.EACCES:
        return (
            f"Poort {port} mag alleen de beheerder (root) openen. Kies er een boven 1023, zoals --poort 8000"
        )
    return f"Het adres {address} hoort niet bij deze machine. Gebruik --adres 127.0.0.1 of een eigen adres."


def holder_of(port: int) -> str | None:
    """Name the program that listens on a port, as far as this user may see it (Linux)."""
    sockets = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(str(link.readlink()) in sockets for link in (process / "fd").iterdir()):
                return f"{(process / 'comm').read_text().strip()} (proces {process.name})"
        except OSError:
            continue
    return None


def _listening_inodes(port: int) -> set[str]:
    inodes = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        lines = table.read_text().splitlines()[1:] if table.exists() else []
        for columns in (line.split() for line in lines):
            if columns[3] == LISTEN_STATE and int(columns[1].rsplit(":", 1)[1], 16) == port:
                inodes.add(columns[9])
    return inodes
