"""What `make bench` measures, and the goal of each row; docs/performance.md has the same rows."""

from __future__ import annotations

from bench import cold, posting, readers, warm

Row = dict[str, object]


def names() -> list[str]:
    """Return what each row of the table is called, in order."""
    return [*warm.names(), *cold.names(), *posting.names(), *readers.names()]


def show(rows: list[Row]) -> None:
    """Print every row with its figures, and its goal beneath."""
    for row in rows:
        figures = (f"{name} {value}" for name, value in row.items() if name not in ("what", "goal"))
        print(f"{row['what']:<62}{', '.join(figures)}")
        if row.get("goal"):
            print(f"    {row['goal']}")
