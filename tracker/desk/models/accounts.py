"""Who writes: staff accounts and their roles."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, role: str, **fields: Any) -> User:
        """A new account, with no password until its owner sets one."""
        user = self.model(email=email.strip().lower(), role=role, **fields)
        user.set_unusable_password()
        user.save()
        return user


class User(AbstractBaseUser):
    """A member of staff, known by mail address."""

    class Role(models.TextChoices):
        CONTRIBUTOR = "contributor"  # drafts
        EDITOR = "editor"  # reviews, publishes others' work
        ADMIN = "admin"  # accounts, sources, settings

    email = models.EmailField(unique=True)
    name = models.TextField(blank=True)
    role = models.CharField(max_length=11, choices=Role.choices)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # What the desk may write to them about.
    mailed_when_assigned = models.BooleanField(default=True)
    mailed_when_asked = models.BooleanField(default=True)
    mailed_when_outgrown = models.BooleanField(default=True)
    # Since when name and address are gone; what they did stays under the account's number. Null: they are still here.
    forgotten_at = models.DateTimeField(null=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["role"]

    def __str__(self) -> str:
        return self.email

    @property
    def called(self) -> str:
        """What colleagues call them: the name, else the mail address; once forgotten, the account's number alone."""
        if self.forgotten_at is not None:
            return f"former colleague {self.pk}"
        return self.name or self.email
