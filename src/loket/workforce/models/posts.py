from __future__ import annotations

from django.db import models


class Skill(models.Model):
    """Something that a member of staff can do at a counter; see ``rules.skills``."""

    account = models.ForeignKey("people.Account", models.CASCADE, related_name="skills")
    name = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="skill_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.account_id}"


class Desk(models.Model):
    """Where somebody works, from a day until a day; somebody may have several, one of them main."""

    account = models.ForeignKey("people.Account", models.CASCADE, related_name="desks")
    room = models.ForeignKey("organisation.Room", models.CASCADE, related_name="desks")
    name = models.CharField(max_length=60, default="")
    is_main = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="desk_ends_after_it_begins",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gt=models.F("starts_on")),
            ),
            models.UniqueConstraint(fields=["account", "room", "starts_on"], name="desk_once"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.name}"


class Counter(models.Model):
    """A counter or post of a unit that must be staffed, and by how many who can do what."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="counters")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=80)
    room = models.ForeignKey(
        "organisation.Room", models.PROTECT, null=True, related_name="counters"
    )
    skill = models.CharField(max_length=20, default="", blank=True)
    """Empty: anybody of the unit can."""
    people = models.PositiveSmallIntegerField(default=1)
    """How many are needed at once while it is open."""
    weight = models.PositiveSmallIntegerField(default=1)
    """From 1 to 9: which need yields last when not all can be met."""
    is_public = models.BooleanField(default=True)
    """Staffed only while the unit receives the public."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="counter_once"),
            models.CheckConstraint(
                name="counter_weighs_one_to_nine",
                condition=models.Q(weight__gte=1, weight__lte=9),
            ),
            models.CheckConstraint(
                name="counter_ends_after_it_begins",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gt=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
