#!/usr/bin/env python3
"""Build `.venv` from one lock file and stamp it with the lock's hash, so that the next start has nothing to do.

    python3 requirements/install.py run        (or test, dev, prod)

Needs Python 3.11 or newer and its own standard library only. Every package is checked against the hash in the lock.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)


def main() -> int:
    lock = sys.argv[1] if len(sys.argv) > 1 else "run"
    requirements = ROOT / "requirements" / f"{lock}.txt"
    if not requirements.is_file():
        locks = ", ".join(sorted(file.stem for file in requirements.parent.glob("*.txt")))
        return say(f"LOCK={lock}: there is no such lock; there are {locks}.")
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        return say(
            f"Whereas needs Python 3.11 or newer; {sys.executable} is {found}. Name another: make PYTHON=python3.12 …"
        )

    with Path(__file__).open() as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)  # two at once would install into each other's feet
        return install(lock, requirements)


def install(lock: str, requirements: Path) -> int:
    """Make `.venv` hold what the lock lists, unless its stamp says that it does. Returns an exit status."""
    python = VENV / "bin" / "python"
    stamp = VENV / f".installed-{lock}"
    wanted = (
        f"{hashlib.sha256(requirements.read_bytes()).hexdigest()} {sys.version_info[0]}.{sys.version_info[1]}"
    )
    if python.exists() and stamp.is_file() and stamp.read_text() == wanted:
        return 0

    begun = time.monotonic()
    print(f"Installing into {VENV.name} what {requirements.relative_to(ROOT)} lists …", flush=True)
    if not (python.exists() and is_of_this_version(python)):
        made = run([sys.executable, "-m", "venv", "--clear", str(VENV)])
        if made.returncode:
            return say(
                f"{sys.executable} cannot make a virtual environment (on Debian and Ubuntu: apt install python3-venv).",
                made,
            )
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    installed = run([*pip, "--require-hashes", "-r", str(requirements)])
    if installed.returncode:
        return say(
            "The packages could not be installed. The first installation needs a network; pip says:",
            installed,
        )
    stamp.write_text(wanted)
    print(f"Installed in {time.monotonic() - begun:.0f} s.", flush=True)
    return 0


def is_of_this_version(python: Path) -> bool:
    """Whether that interpreter runs, and is of the same minor version as this one."""
    asked = run([str(python), "-c", "import sys; print(sys.version_info[:2])"])
    return asked.returncode == 0 and asked.stdout.strip() == str(tuple(sys.version_info[:2]))


def run(command: list[str]) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def say(line: str, failed: "subprocess.CompletedProcess[str] | None" = None) -> int:
    """Print one line, and the last few of whatever failed, to stderr."""
    print(line, file=sys.stderr)
    for said in failed.stdout.strip().splitlines()[-8:] if failed else []:
        print(f"  {said}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
