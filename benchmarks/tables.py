"""Figures on a terminal."""

from collections.abc import Sequence

Cell = str | int | float


def say(text: str = "") -> None:
    print(text, flush=True)


def heading(text: str) -> None:
    say(f"\n{text}\n{'-' * len(text)}")


def table(names: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    lines = [list(names), *([shown(cell) for cell in row] for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(names))]
    for line in lines:
        first, *others = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        numbers = (cell.strip().rjust(len(cell)) for cell in others)
        say("  " + "  ".join([first, *numbers]))


def shown(cell: Cell) -> str:
    match cell:
        case float() if cell >= 100:
            return f"{cell:,.0f}"
        case float():
            return f"{cell:.2f}"
        case int():
            return f"{cell:,}"
    return cell
