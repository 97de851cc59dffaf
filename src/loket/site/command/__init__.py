"""The ``loket`` command: what an operator and a script use."""

from __future__ import annotations

import os
import sys

import click

from loket import __version__


class Commands(click.Group):
    """Turns what goes wrong into one clear sentence on standard error and an exit code.

    0: done. 1: refused, with the reason. 2: called wrongly, or not set up.
    """

    def invoke(self, ctx: click.Context) -> object:
        from django.core.exceptions import ImproperlyConfigured
        from django.db.utils import OperationalError, ProgrammingError

        from loket.kernel.errors import Invalid, Refusal

        try:
            return super().invoke(ctx)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            fail(error.format_message(), code=2)
        except Invalid as refusal:
            lines = [
                f"{name}: {line}" for name, all_ in refusal.fields.items() for line in all_
            ]
            fail("\n".join([str(refusal), *lines]).strip(), code=1)
        except Refusal as refusal:
            fail(str(refusal), code=1)
        except (OperationalError, ProgrammingError) as error:
            fail(
                f"The database does not answer as it should: {error}\n"
                "If it is new, run `loket setup` first.",
                code=2,
            )
        except ImproperlyConfigured as error:
            fail(f"A setting is wrong: {error}", code=2)
        return None


def fail(sentence: str, *, code: int) -> None:
    """Say why on standard error, and stop."""
    click.echo(sentence, err=True)
    sys.exit(code)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="loket")
def cli() -> None:
    """Keep a local government serving when its offices cannot open as usual."""


def assembled() -> click.Group:
    """Return the command with all its parts. Django must be set up."""
    from . import (
        answering,
        catalogue,
        deciding,
        filing,
        filling,
        housing,
        opening,
        operating,
        recruiting,
        rostering,
        running,
        shutting,
        staffing,
        tracing,
    )

    parts = (
        running, filling, operating, opening, housing, staffing, recruiting, catalogue, filing,
        answering, deciding, shutting, rostering, tracing,
    )  # fmt: skip
    for part in parts:
        part.register(cli)
    return cli


def main() -> None:
    """Run ``loket``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except (ImproperlyConfigured, ValueError, OSError) as error:
        fail(f"A setting is wrong: {error}", code=2)
    from django.utils import translation

    translation.activate(os.getenv("LOKET_LANGUAGE", "en"))
    assembled().main(prog_name="loket")
