"""The plan of the house: floors, rooms and the words that are not names."""

FLOORS: tuple[tuple[str, ...], ...] = (
    ("kernel",),
    ("kit",),
    ("register",),
    ("monitor", "figures", "reception", "deliberation"),
    ("scenarios", "dialogue"),
    ("situation", "policy"),
    ("host",),
)
FLOOR = {package: number for number, packages in enumerate(FLOORS) for package in packages}
CAPABILITIES = frozenset(package for packages in FLOORS[3:6] for package in packages)
WITH_DOOR = CAPABILITIES | {"register"}

MANDATORY_ROOMS = frozenset({"apps", "public", "services", "selectors", "models", "engine"})
FACES = frozenset({"views", "api", "cli", "admin", "templatetags", "management"})
ROOMS = MANDATORY_ROOMS | FACES | {"urls", "forms", "adapters", "migrations"}
FURNITURE = frozenset({"templates", "static", "locale"})
HOST_MAY_ENTER = frozenset({"public", "urls", "api", "cli", "apps"})

NOT_NAMES = frozenset(
    {"utils", "util", "common", "helpers", "helper", "base", "extras", "misc", "tools", "stuff"}
)

LONGEST_FUNCTION = 60
LONGEST_FILE = 500
LONGEST_TEST_FILE = 800
MOST_PARAMETERS = 5
MOST_POSITIONAL = 2
MOST_NAMES_IN_A_DOOR = 20
MOST_NAMES_IN_THE_REGISTER_DOOR = 32


def may_reach(here: str, there: str) -> bool:
    """Say whether a package may use another: itself, or any package on a lower floor."""
    return here == there or FLOOR.get(there, 99) < FLOOR.get(here, -1)
