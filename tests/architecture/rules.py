"""House rules that no linter knows: each takes source text and returns what breaks it."""

import ast
import re
from collections.abc import Collection, Iterable, Iterator

LONGEST_FILE = 300

STANDARD = {
    "abc",
    "base64",
    "bisect",
    "collections",
    "contextlib",
    "datetime",
    "decimal",
    "enum",
    "fractions",
    "functools",
    "heapq",
    "hmac",
    "ipaddress",
    "itertools",
    "math",
    "operator",
    "re",
    "statistics",
    "typing",
    "unicodedata",
    "urllib.parse",
    "uuid",
    "zoneinfo",
    "zlib",
}
# import-linter forbids what it is told to forbid; this is what may be used at all. It also covers
# what import-linter does not see, such as a new package beside the four.
MAY_IMPORT = {
    "domain": STANDARD | {"attrs", "domain"},
    "application": STANDARD | {"attrs", "contextvars", "domain", "application"},
}

AWAITS = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)

CHANCE = {"random", "secrets"}
CLOCKS = {
    "datetime": {"datetime.now", "datetime.today", "datetime.utcnow", "date.today"},
    "os": {"getrandom", "times", "urandom"},
    "time": {
        "ctime",
        "gmtime",
        "localtime",
        "monotonic",
        "monotonic_ns",
        "perf_counter",
        "perf_counter_ns",
        "process_time",
        "process_time_ns",
        "thread_time",
        "thread_time_ns",
        "time",
        "time_ns",
    },
    "uuid": {"uuid1", "uuid4", "uuid6", "uuid7", "uuid8"},
}
AMBIENT = {f"{module}.{name}" for module, names in CLOCKS.items() for name in names}
# Whatever they are called on: a subclass, an event loop, a database.
AMBIENT_METHODS = {
    "clock_timestamp",
    "current_timestamp",
    "getrandbits",
    "monotonic",
    "now",
    "perf_counter",
    "randbytes",
    "random",
    "today",
    "token_bytes",
    "token_hex",
    "token_urlsafe",
    "urandom",
    "utcnow",
    "uuid1",
    "uuid4",
    "uuid7",
}
AMBIENT_SQL = re.compile(
    r"\b(?:current_(?:date|time|timestamp)\b|(?:now|random|clock_timestamp|gen_random_uuid"
    r"|randomblob|uuidv4|uuidv7)\s*\(|(?:date|datetime|julianday|unixepoch)\s*\(\s*'now')",
    re.IGNORECASE,
)
SLEEPS = {"anyio.sleep", "asyncio.sleep", "time.sleep"}
UNCHECKED = {"__import__", "eval", "exec"}
# Reading what is installed is not a way around the import contracts; importing by name is.
HARMLESS_IMPORTLIB = {"importlib.metadata", "importlib.resources"}
NOT_VALUES = {"Enum", "Flag", "IntEnum", "IntFlag", "Protocol", "StrEnum", "TypedDict"}

# Each brings aiosqlite or the ORM, which the design does without.
UNWANTED = {"advanced-alchemy", "aiosqlite"}


def too_long(source: str) -> list[str]:
    length = len(source.splitlines())
    return [f"{length} lines"] if length > LONGEST_FILE else []


def imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """The names a module imports: what they are called in it, and what they are."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                whole = alias.name if alias.asname else alias.name.split(".")[0]
                yield alias.asname or whole, alias.name if alias.asname else whole
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module or ''}.{alias.name}"


def modules(tree: ast.AST) -> set[str]:
    """Every dotted name that some import statement mentions."""
    plain = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    return plain | {origin for _, origin in imported(tree)}


def strangers(source: str, *, allowed: Collection[str]) -> list[str]:
    def is_known(name: str) -> bool:
        return any(name == one or name.startswith(f"{one}.") for one in allowed)

    return sorted({name for name in modules(ast.parse(source)) if not is_known(name)})


def root(dotted: str) -> str:
    return dotted.partition(".")[0]


def hidden_imports(source: str) -> list[str]:
    tree = ast.parse(source)
    by_name = [
        name
        for name in modules(tree)
        if root(name) == "importlib"
        and name != "importlib"
        and not any(f"{name}.".startswith(f"{harmless}.") for harmless in HARMLESS_IMPORTLIB)
    ]
    bare = [alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names]
    return (
        by_name
        + [name for name in bare if name == "importlib"]
        + [name for name in references(tree) if name in UNCHECKED]
    )


def awaits(source: str) -> list[str]:
    return [f"line {n.lineno}" for n in ast.walk(ast.parse(source)) if isinstance(n, AWAITS)]


def references(tree: ast.AST) -> Iterator[str]:
    """What names and attributes stand for, as dotted names from the imported module on."""
    names = dict(imported(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            first, _, rest = ast.unparse(node).partition(".")
            yield f"{names.get(first, first)}.{rest}".rstrip(".")


def called_methods(tree: ast.AST) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func


def ambience(source: str) -> list[str]:
    """Where time or chance is read instead of being handed in, in Python or in SQL."""
    tree = ast.parse(source)
    read = {name for name in references(tree) if name in AMBIENT}
    read |= {name for name in modules(tree) if root(name) in CHANCE}
    read |= {name for name in modules(tree) if name in AMBIENT}
    for method in called_methods(tree):
        receiver = ast.unparse(method.value)
        # A datetime has a harmless time(), an event loop has not.
        if method.attr in AMBIENT_METHODS or (method.attr == "time" and "loop" in receiver):
            read.add(f"{receiver}.{method.attr}")
    read |= {text for text in literals(tree) if AMBIENT_SQL.search(text)}
    return sorted(read)


def literals(tree: ast.AST) -> Iterator[str]:
    """All texts but docstrings."""
    prose = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in prose
        ):
            yield node.value


def sleeps(source: str) -> list[str]:
    tree = ast.parse(source)
    return sorted({name for name in (*references(tree), *modules(tree)) if name in SLEEPS})


def loose_values(source: str) -> list[str]:
    """Classes that are neither frozen and slotted attrs nor without instances to speak of."""
    classes = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.ClassDef)]
    return [c.name for c in classes if not is_value(c) and not NOT_VALUES & set(bases(c))]


def is_value(definition: ast.ClassDef) -> bool:
    decorators = [ast.unparse(decorator) for decorator in definition.decorator_list]
    frozen = [d for d in decorators if d.partition("(")[0] in {"frozen", "attrs.frozen"}]
    return bool(frozen) and not re.search(r"\b(?:slots|frozen)=False", frozen[0])


def bases(definition: ast.ClassDef) -> Iterable[str]:
    return (ast.unparse(b).partition("[")[0].rpartition(".")[2] for b in definition.bases)


def evasions(source: str) -> list[str]:
    """What hides a dependency or a name from readers and tools."""
    tree = ast.parse(source)
    found = [name for _, name in imported(tree) if name == "typing.TYPE_CHECKING"]
    found += [name for name in references(tree) if name in {"typing.TYPE_CHECKING", "__all__"}]
    return found + [name for _, name in imported(tree) if name.endswith(".*")]


def undocumented(source: str) -> list[str]:
    return [] if ast.get_docstring(ast.parse(source)) else ["no docstring"]


def more_than_a_docstring(source: str) -> list[str]:
    return undocumented(source) + [ast.unparse(node) for node in ast.parse(source).body[1:]]
