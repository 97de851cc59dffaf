"""Commands that start something: web, worker, demo mailbox, and the whole demo."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import click
from django.conf import settings


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--processes", default=2, show_default=True)
@click.option("--threads", default=4, show_default=True)
def serve(host: str, port: int, processes: int, threads: int) -> None:
    """Serve the web pages."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "loket.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        websockets=False,
        respawn_failed_workers=True,
        log_access=False,
    ).serve()


@click.command()
@click.option("--queue", "queues", multiple=True, default=["default"], show_default=True)
@click.option("--threads", default=1, show_default=True)
def worker(queues: tuple[str, ...], threads: int) -> None:
    """Do the background work: messages, clean-up, reminders."""
    from loket.jobs import worker as jobs

    jobs.run(queues=queues, threads=threads, stop=jobs.stop_on_signals())


@click.command()
@click.option("--port", default=2525, show_default=True)
def mailbox(port: int) -> None:
    """Receive mail on this machine for the demo mailbox page; nothing is sent on."""
    from loket.demo.mailbox import server
    from loket.jobs import worker as jobs

    stop = jobs.stop_on_signals()
    controller = server.start(root=settings.MAILBOX_ROOT, port=port)
    stop.wait()
    controller.stop()


@click.command()
@click.option("--port", default=8000, show_default=True, help="Where the pages are served.")
@click.option("--cases", default=200, show_default=True, help="How much history to invent.")
@click.option("--seed", default=2020, show_default=True, help="Same seed, same history.")
@click.option("--fresh", is_flag=True, help="Begin again: the demo's data is deleted.")
@click.option("--fill-only", is_flag=True, help="Fill the database and stop.")
def demo(port: int, cases: int, seed: int, fresh: bool, fill_only: bool) -> None:
    """Fill the demo government, start it, and print how to sign in."""
    remember(port=port, fresh=fresh)
    fill = [sys.argv[0], "fill-demo", "--cases", str(cases), "--seed", str(seed)]
    subprocess.run(fill, check=True)
    if fill_only:
        return
    supervise(port)


def remember(*, port: int, fresh: bool) -> None:
    """Write the demo's settings where every later command finds them."""
    import shutil

    from django.core.management.utils import get_random_secret_key

    from loket.site import env

    data = Path(settings.DATA)
    path = data / env.FILE_NAME
    if data.exists() and not path.exists() and any(data.iterdir()):
        raise click.ClickException(
            f"{data} holds data that is not the demo's. Set LOKET_DATA to an empty folder."
        )
    if fresh and path.exists():
        shutil.rmtree(data)
        env.remembered.cache_clear()
    if port_taken(port):
        raise click.ClickException(
            f"Port {port} is in use. Choose another: make demo PORT=8010"
        )
    data.mkdir(parents=True, exist_ok=True)
    kept = dict(env.remembered())
    kept |= {
        "LOKET_DEMO": "True",
        "LOKET_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "LOKET_SMTP_PORT": kept.get("LOKET_SMTP_PORT", str(free_port())),
        "LOKET_SMS_GATEWAY_DOMAIN": "sms.example",
        "LOKET_SECRET_KEY": kept.get("LOKET_SECRET_KEY", get_random_secret_key()),
        "LOKET_LOG_LEVEL": kept.get("LOKET_LOG_LEVEL", "WARNING"),
    }
    path.touch(mode=0o600)
    path.write_text("".join(f"{n}={v}\n" for n, v in kept.items()), encoding="utf-8")


def port_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def supervise(port: int) -> None:
    """Run mailbox, worker and web until one of them ends or somebody stops us."""
    loket, mail_port = sys.argv[0], read_back("LOKET_SMTP_PORT")
    children = [
        subprocess.Popen([loket, "mailbox", "--port", mail_port], start_new_session=True),
        subprocess.Popen([loket, "worker"], start_new_session=True),
        subprocess.Popen([loket, "serve", "--port", str(port)], start_new_session=True),
    ]

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        wait_until_up(port, children)
        for line in addresses(f"http://127.0.0.1:{port}"):
            click.echo(line)
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        raise click.ClickException("A part of the demo has stopped; see the lines above.")
    except KeyboardInterrupt:
        click.echo("\nStopping …")
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(timeout=15)


def addresses(base: str) -> list[str]:
    """Return where to go in the running demo."""
    return [
        "",
        "Loket is up (Ctrl-C stops it):",
        f"  {base}/               for residents",
        f"  {base}/desk/          for staff",
        f"  {base}/demo/          who is who, and the codes of the authenticator apps",
        f"  {base}/demo/mailbox/  every e-mail and text message that was sent",
    ]


def read_back(name: str) -> str:
    from loket.site import env

    env.remembered.cache_clear()
    return os.environ.get(name) or env.remembered()[name]


def wait_until_up(port: int, children: list[subprocess.Popen[bytes]]) -> None:
    for _ in range(120):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if any(child.poll() is not None for child in children):
            return
        time.sleep(0.25)


def register(cli: click.Group) -> None:
    for command in (demo, serve, worker, mailbox):
        cli.add_command(command)
