"""Draws the figures of `motcua satisfaction evaluate` as a table a person can read."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from edge_models.satisfaction.evaluate import Report
from edge_models.satisfaction.figures import Figure
from edge_models.satisfaction.labels import LEVELS

WORDS = {
    "auc_smile_neutral": "AUC smile / neutral",
    "auc_smile_negative": "AUC smile / negative",
    "auc_smile_other": "AUC smile / all others",
    "auc_negative_neutral": "AUC negative / neutral (never used)",
    "accuracy_3_levels": "accuracy, 3 levels",
    "accuracy_7_expressions": "accuracy, 7 expressions",
    "calibration_error": "calibration error of p(happy)",
    "operating_point_tpr": "p(happy) > 0.5: smiles found (tpr)",
    "operating_point_fpr": "p(happy) > 0.5: others taken for smiles (fpr)",
    "operating_point_fpr_neutral": "p(happy) > 0.5: neutral taken for smiles",
    "operating_point_precision": "p(happy) > 0.5: precision",
}
WIDTH = 100


def show(console: Console, report: Report) -> None:
    """The figures with their intervals, the levels, then what was not judged."""
    console.width = max(console.width, WIDTH)
    counts = report.counts
    table = Table(title=f"{counts['judged']} of {counts['rows_usable']} labelled faces judged")
    table.add_column("figure", no_wrap=True)
    for label in ("value", "95 %", "of"):
        table.add_column(label, justify="right", no_wrap=True)
    for name, words in WORDS.items():
        figure = report.figures[name]
        of = " / ".join(str(count) for count in report.of[name].values())
        table.add_row(words, _number(figure.value), _interval(figure), of)
    console.print(table)
    levels = Table(title="said → (rows: labelled)")
    for label in ("", *LEVELS):
        levels.add_column(label, justify="right")
    for name, row in zip(LEVELS, report.confusion, strict=True):
        levels.add_row(name, *(str(count) for count in row))
    console.print(levels)
    for reason, count in counts.items():
        if isinstance(count, dict):
            told = ", ".join(f"{word} {n}" for word, n in count.items() if n)
            if told:
                console.print(f"{reason.replace('_', ' ')}: {told}", markup=False)
        elif count:
            console.print(f"{reason.replace('_', ' ')}: {count}", markup=False)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _interval(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return "–"
    return f"{figure.low:.3f}–{figure.high:.3f}"
