"""What a variable of the environment is, and how one that cannot be used is told: the machinery below `environment`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, NoReturn, TypeVar

from environs import Env, EnvError, EnvNotSetError

T = TypeVar("T")
EXIT_STATUS = 2

_environment = Env()  # the process's own variables, and after `load_env_file` what that file adds


class WrongSetting(ValueError):
    """A variable that cannot be used. `str()` is the one line that the operator reads."""


@dataclass(frozen=True, slots=True)
class Variable(Generic[T]):
    """One row of the table. `accepted` completes the sentence "give …"."""

    name: str
    default: str
    accepted: str
    meaning: str
    read: Callable[[Env, str], T]
    secret: bool = False

    def value(self) -> T:
        """What the environment says, or the default. Raises WrongSetting."""
        if not self.written():
            os.environ.pop(self.name, None)
        try:
            return self.read(_environment if self.written() else Env(), self.name)
        except WrongSetting:  # of another variable that this one's default is made from
            raise
        except EnvNotSetError:
            raise WrongSetting(f"{self.name} is not set: give {self.accepted}.") from None
        except (EnvError, ValueError) as error:
            raise WrongSetting(self._complaint(error)) from None

    def written(self) -> str:
        """The value as somebody gave it; "" where nobody did."""
        return str(_environment.str(self.name, "")).strip()

    def _complaint(self, error: Exception) -> str:
        written = self.written()
        if self.secret:  # it may hold a password: the part before the colon is enough to find the mistake
            scheme, colon, _ = written.partition("://")
            shown = f"{self.name}='{scheme}://…'" if colon else self.name
        else:
            shown = f"{self.name}={written!r}"
        if isinstance(error, DriverMissing):
            return f"{shown}: {error}"
        return f"{shown}: give {self.accepted}."


class DriverMissing(ValueError):
    """The address is good, but the package that speaks to such a server is not installed."""


def load_env_file(folder: Path, *, again: bool = False) -> None:
    """Take over what `folder/.env` says, without replacing what the process was given. Raises WrongSetting.

    `again` also replaces what an earlier reading of the file said.
    """
    file = folder / ".env"
    try:
        _environment.read_env(file, recurse=False, override=again)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise WrongSetting(f"{file} cannot be read: {reason}.") from None


def stop(wrong: WrongSetting) -> NoReturn:
    """End the program as every wrong setting does: one line on stderr, exit status 2."""
    sys.stderr.write(f"{wrong}\n")
    raise SystemExit(EXIT_STATUS)
