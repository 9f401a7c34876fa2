"""`python -m tests.trust`: writes the page from what was run; with `run`, runs it before."""

import argparse
import sys

from tests.trust.page import PAGE, page
from tests.trust.runs import RUNS, NotRun, keep


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust", description=__doc__)
    parser.add_argument("run", nargs="?", choices=["run"])
    parser.add_argument("names", nargs="*", help=f"of {', '.join(RUNS)}; all unless named")
    chosen = parser.parse_args()
    failed = 0
    for name in (chosen.names or RUNS) if chosen.run else ():
        try:
            keep(name)
        except NotRun as why:
            failed += 1
            sys.stderr.write(f"{name}: {why}\n")
    PAGE.write_text(page())
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
