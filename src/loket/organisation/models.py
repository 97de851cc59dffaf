from __future__ import annotations

from typing import Any

from django.db import models


class Unit(models.Model):
    """A part of the government: a region's administration, or an agency's branch.

    ``code`` of a region is its official Kemendagri code (``31.74.04.1003``); of an agency's
    branch, the region it serves and the agency (``31.74.04.1003-DUKCAPIL``). ``path`` is the
    way from the top, ``/31/31-DUKCAPIL/…/``; permissions are given by its beginning.
    """

    class Kind(models.TextChoices):
        PROVINCE = "province", "province"
        CITY = "city", "city"
        REGENCY = "regency", "regency"
        DISTRICT = "district", "district"
        VILLAGE = "village", "village"
        AGENCY = "agency", "agency"
        BRANCH = "branch", "branch"
        SECTOR = "sector", "sector"
        SERVICE_POINT = "service_point", "service point"

    class Function(models.TextChoices):
        GOVERNMENT = "government", "government"
        CIVIL_REGISTRY = "civil_registry", "civil registry"
        LICENSING = "licensing", "licensing"

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind)
    function = models.CharField(max_length=20, choices=Function, default=Function.GOVERNMENT)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=200, unique=True)
    region = models.CharField(max_length=13, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="unit_ends_after_it_begins",
                condition=models.Q(valid_to=None)
                | models.Q(valid_to__gt=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class UnitName(models.Model):
    """What a unit was called during a period; names and codes change by law."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names")
    name = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_name_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} from {self.valid_from}"


class Place(models.Model):
    """A building. Several units may have their offices in it."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    """Degrees, WGS 84."""

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Room(models.Model):
    """A room of a unit, where the public waits or staff work."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    place = models.ForeignKey(Place, models.PROTECT, related_name="rooms")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="rooms")
    floor = models.CharField(max_length=20)
    capacity = models.PositiveIntegerField()
    """People who may be in it at once in ordinary times."""

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Office(models.Model):
    """Where a unit receives the public. ``hours``: weekday 0-6 to [[opens, closes], …]."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="office")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="offices")
    floor = models.CharField(max_length=20, default="")
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=20, default="")
    email = models.EmailField(default="")
    time_zone = models.CharField(max_length=40, default="Asia/Jakarta")
    hours: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"office of {self.unit_id}"


class CalendarDay(models.Model):
    """A day on which the rule of the week does not hold, with the decision behind it."""

    class Kind(models.TextChoices):
        PUBLIC_HOLIDAY = "public_holiday", "public holiday"
        JOINT_LEAVE = "joint_leave", "joint leave"
        LOCAL_HOLIDAY = "local_holiday", "local holiday"
        WORKING_DAY = "working_day", "working day"

    on = models.DateField()
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="calendar_days")
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["on", "kind"],
                condition=models.Q(unit=None),
                name="calendar_day_of_all_once",
            ),
            models.UniqueConstraint(
                fields=["on", "unit", "kind"],
                condition=models.Q(unit__isnull=False),
                name="calendar_day_of_unit_once",
            ),
        ]
        indexes = [models.Index(fields=["on"], name="calendar_day_by_date")]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"
