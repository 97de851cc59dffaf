"""What the file of a government may say. See ``data/jakarta.yaml`` for one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from loket.kernel.errors import Invalid

Words = Annotated[str, Field(min_length=1, max_length=120)]
Opening = Annotated[str, Field(pattern=r"^\d\d:\d\d-\d\d:\d\d$")]
Level = Literal["province", "city", "district", "village"]
Function = Literal["government", "civil_registry", "licensing"]
Floor = Annotated[str, Field(min_length=1, max_length=20)]


class Part(BaseModel):
    """Base of every part of the file: frozen, and no key that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Name(Part):
    """What a region is called from a day on, and by which law."""

    name: Words
    since: date = Field(alias="from")
    source: Words


class PendingName(Part):
    """What a region will be called, from a day not known yet."""

    name: Words
    source: Words


class Region(Part):
    """What is the same for every region: one name, or a list of names with their dates."""

    name: Words | None = None
    names: tuple[Name, ...] = ()
    pending: tuple[PendingName, ...] = ()
    since: date | None = Field(default=None, alias="from")
    until: date | None = Field(default=None, alias="to")


class Village(Region):
    """A kelurahan; its code is in the key."""


class District(Region):
    code: str = Field(pattern=r"^\d\d\.\d\d\.\d\d$")
    villages: dict[Annotated[int, Field(ge=1001, le=2999)], Words | Village]


class City(Region):
    code: str = Field(pattern=r"^\d\d\.\d\d$")
    kind: Literal["city", "regency"]
    districts: tuple[District, ...]


class Province(Region):
    code: str = Field(pattern=r"^\d\d$")


class AgencyUnit(Part):
    """One unit for every region of a level."""

    kind: Literal["agency", "branch", "sector", "service_point"]
    level: Level
    name: Words


class Agency(Part):
    suffix: str = Field(pattern=r"^[A-Z]+$")
    function: Literal["civil_registry", "licensing"]
    since: date | None = Field(default=None, alias="from")
    units: tuple[AgencyUnit, ...]


class Hours(Part):
    monday: tuple[Opening, ...] = ()
    tuesday: tuple[Opening, ...] = ()
    wednesday: tuple[Opening, ...] = ()
    thursday: tuple[Opening, ...] = ()
    friday: tuple[Opening, ...] = ()
    saturday: tuple[Opening, ...] = ()
    sunday: tuple[Opening, ...] = ()


class Hall(Part):
    """The room that every office in a building begins with."""

    name: Words
    capacity: int = Field(ge=1, le=9999)


class Building(Part):
    """The building of every region of a kind, and on which floor or in which block is who."""

    kind: Literal["province", "city", "regency", "district", "village"]
    name: Words
    floors: dict[Function, Floor]
    room: Hall


class Places(Part):
    coordinates: str | None = Field(default=None, pattern=r"^[\w-]+\.csv$")
    """A file beside this one, with the columns code, latitude and longitude."""
    buildings: tuple[Building, ...]


class Offices(Part):
    """The rule by which addresses are made up, and the hours that all begin with."""

    time_zone: str
    address: Words
    streets: tuple[Words, ...] = Field(min_length=1)
    hours: Hours


class Government(Part):
    format: Literal[1]
    province: Province
    cities: tuple[City, ...]
    agencies: tuple[Agency, ...]
    offices: Offices
    places: Places


class _Loader(yaml.SafeLoader):
    """Reads YAML, and refuses a key that is written twice: the first would be lost."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if twice := [key for key in keys if keys.count(key) > 1]:
            raise yaml.constructor.ConstructorError(
                None, None, f"“{twice[0]}” is written twice", node.start_mark
            )
        return super().construct_mapping(node, deep=deep)


def parse(text: str) -> Government:
    """Return what the file of a government says.

    :raises Invalid: if it cannot be understood, with the place and the reason.
    """
    try:
        return Government.model_validate(yaml.load(text, _Loader))  # noqa: S506 -- a safe loader
    except yaml.YAMLError as error:
        raise Invalid(str(error)) from error
    except ValidationError as error:
        raise Invalid(
            "\n".join(
                f"{'.'.join(str(step) for step in found['loc'])}: {found['msg']}"
                for found in error.errors()
            )
        ) from error
