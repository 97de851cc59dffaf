"""The command that files a case, for migration and scripts."""

from __future__ import annotations

from pathlib import Path

import click

from loket.kernel import clock
from loket.kernel.access import Actor

from . import printing


@click.command()
@click.argument("code")
@click.option("--answers", required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--files",
    "folder",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--email", default="", help="Where the applicant is told; default: the answers'.")
@click.option("--phone", default="")
@click.option("--lang", type=click.Choice(["id", "en"]), default="id", show_default=True)
@printing.as_json
def apply(
    code: str, answers: Path, folder: Path, email: str, phone: str, lang: str, as_json: bool
) -> None:
    """File a case from a JSON file of answers and a folder with the files they name."""
    from loket.cases import services as cases
    from loket.kernel.errors import Invalid

    from . import trying

    given = trying.read_object(answers)
    files, missing = trying.read_files(given, folder)
    if missing:
        raise Invalid("Some files were not found.", fields=missing)
    contact = {"email": email, "phone": phone, "language": lang}
    case = cases.file_case(
        service_code=code.upper(),
        answers=given,
        files=files,
        contact={name: value for name, value in contact.items() if value},
        channel="script",
        actor=Actor.system("command"),
        at=clock.now(),
    )
    facts = {"code": case.code, "unit": case.unit.code, "due_on": case.due_on.isoformat()}
    if as_json:
        printing.data(facts)
    else:
        click.echo(f"{case.code}: filed with {case.unit.name}, due on {case.due_on}.")


def register(cli: click.Group) -> None:
    cli.add_command(apply)
