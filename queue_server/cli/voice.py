"""`motcua voice`: the recorded voice of an office: make a pack, record it, check it."""

from __future__ import annotations

from pathlib import Path

import click

from queue_server.cli.faults import FAILED, one_line

PACK = click.argument("pack", type=click.Path(path_type=Path, file_okay=False))


@click.group()
def voice() -> None:
    """Recorded clips for the announcer."""


@voice.command()
@PACK
@click.option("--language", default="vi", show_default=True, help="vi or en.")
@click.option("--voice", "speaker", help="Makes a new pack: whose voice it is.")
@click.option("--licence", help="Makes a new pack: who may use the recordings, and how.")
@click.option("--rate", type=int, default=48000, show_default=True, help="Samples a second.")
def prompts(pack: Path, language: str, speaker: str | None, licence: str | None, rate: int) -> int:
    """List what to record, with file names; `!` marks what is still missing.

    With --voice and --licence a new PACK is made first.
    """
    from kiosk.bootstrap import voice as voices  # noqa: PLC0415 - loads only what it needs

    if (speaker is None) != (licence is None):
        raise click.UsageError("a new pack needs both --voice and --licence")
    if speaker is not None and licence is not None:
        voices.make(pack, language=language, voice=speaker, licence=licence, rate=rate)
    for prompt, there in voices.prompts(pack):
        hint = f"  ({prompt.hint})" if prompt.hint else ""
        click.echo(f"{' ' if there else '!'} {prompt.file:<28} {prompt.text}{hint}")
    return 0


@voice.command()
@PACK
def check(pack: Path) -> int:
    """Check a pack: one line for each fault, exit code 1 when there is one."""
    from kiosk.bootstrap import voice as voices  # noqa: PLC0415 - loads only what it needs

    return 0 if voices.check(pack, click.echo) else FAILED


@voice.command()
@PACK
@click.option("--device", default="default", show_default=True, help="ALSA microphone.")
@click.option("--again", is_flag=True, help="Record also what is there already.")
def record(pack: Path, device: str, *, again: bool) -> int:
    """Record what is missing, clip by clip, with arecord: Enter starts, s leaves one out."""
    from kiosk.bootstrap import voice as voices  # noqa: PLC0415 - loads only what it needs
    from kiosk.domain.clip_faults import Prompt  # noqa: PLC0415 - the same
    from kiosk.use_cases.voice_ports import AudioError  # noqa: PLC0415 - the same

    def ready(prompt: Prompt) -> bool:
        hint = f" ({prompt.hint})" if prompt.hint else ""
        answer = click.prompt(
            f"«{prompt.text}»{hint}  [Enter: record, s: skip]", default="", show_default=False
        )
        return answer.strip().lower() != "s"

    wanted = [prompt for prompt, there in voices.prompts(pack) if again or not there]
    try:
        done = voices.record(pack, wanted, ready, click.echo, voices.microphone_of(device))
    except AudioError as fault:
        return one_line(str(fault), FAILED)
    click.echo(f"{len(done)} recorded, {len(wanted) - len(done)} left out")
    return 0
