"""Commands that keep the buildings of offices, and the rooms that receive the public."""

from __future__ import annotations

import click

from loket.kernel import clock
from loket.kernel.access import Actor

from . import printing

ACTOR = Actor.system("command")


@click.group()
def rooms() -> None:
    """Keep rooms and how many people they hold."""


@rooms.command(name="list")
@click.option("--unit", default="", help="Only rooms of this unit.")
@click.option("--place", default="", help="Only rooms in this building.")
@printing.as_json
def list_(unit: str, place: str, as_json: bool) -> None:
    """List rooms: code, unit, building, floor, capacity."""
    from loket.organisation import queries

    rows = [
        {
            "code": room.code,
            "name": room.name,
            "unit": room.unit,
            "place": room.place,
            "floor": room.floor,
            "capacity": room.capacity,
        }
        for room in queries.rooms(unit=unit, place=place)
    ]
    printing.table(rows, as_json=as_json)


@rooms.command(name="set")
@click.argument("code")
@click.option("--unit", required=True, help="Whose room it is.")
@click.option("--place", required=True, help="Code of the building.")
@click.option("--floor", required=True, help="Floor or block.")
@click.option("--name", required=True)
@click.option("--capacity", required=True, type=int, help="How many people it holds.")
def set_(code: str, unit: str, place: str, floor: str, name: str, capacity: int) -> None:
    """Put a room on record, or change it."""
    from loket.organisation import queries, services

    room = services.set_room(
        code=code,
        unit=queries.unit(unit),
        place=queries.place(place),
        name=name,
        floor=floor,
        capacity=capacity,
        actor=ACTOR,
        at=clock.now(),
    )
    click.echo(f"{room.code}: {room.name}, {room.capacity} people.")


@rooms.command()
@click.argument("code")
def remove(code: str) -> None:
    """Take a room off the record."""
    from loket.organisation import services

    services.remove_room(code=code, actor=ACTOR, at=clock.now())
    click.echo(f"{code} is removed.")


@click.group()
def places() -> None:
    """Keep buildings, their addresses, and which office is in which."""


@places.command(name="list")
@printing.as_json
def list_places(as_json: bool) -> None:
    """List the buildings with an office in them, and where they are."""
    from loket.organisation import queries

    rows = {
        office.place: {
            "code": office.place,
            "name": office.place_name,
            "address": office.address,
            "latitude": office.latitude,
            "longitude": office.longitude,
        }
        for office in queries.directory()
        if office.place
    }
    printing.table(list(rows.values()), as_json=as_json)


@places.command(name="set")
@click.argument("code")
@click.option("--name", required=True)
@click.option("--address", required=True)
@click.option("--latitude", type=float)
@click.option("--longitude", type=float)
def set_place(
    code: str, name: str, address: str, latitude: float | None, longitude: float | None
) -> None:
    """Put a building on record, or change it and the address of its offices."""
    from loket.organisation import services

    place = services.set_place(
        code=code,
        name=name,
        address=address,
        latitude=latitude,
        longitude=longitude,
        actor=ACTOR,
        at=clock.now(),
    )
    click.echo(f"{place.code}: {place.name}, {place.address}.")


@places.command()
@click.argument("unit")
@click.option("--place", required=True, help="Code of the building.")
@click.option("--floor", required=True, help="Floor or block.")
def move(unit: str, place: str, floor: str) -> None:
    """Put the office of a unit in a building, on a floor."""
    from loket.organisation import queries, services

    office = services.move_office(
        unit=queries.unit(unit),
        place=queries.place(place),
        floor=floor,
        actor=ACTOR,
        at=clock.now(),
    )
    click.echo(f"{unit} is in {place}, {office.floor}.")


def register(cli: click.Group) -> None:
    cli.add_command(rooms)
    cli.add_command(places)
