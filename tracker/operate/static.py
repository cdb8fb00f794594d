"""Styles and scripts under names that carry a digest of their content, once they have been collected."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command


class CollectedFilesStorage(ManifestStaticFilesStorage):
    """The manifest's names where a file stands in it, else the plain name: a page without its style beats no page."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        if self.clean_name(name).replace("\\", "/") not in self.hashed_files:
            return name
        return super().stored_name(name)


def collect_if_changed() -> bool:
    """Run collectstatic where any file, or what is installed, differs from the last time. True when it ran."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".collected"
    wanted = _digest()
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted, "utf-8")
    return True


def _digest() -> str:
    """Over the name, size and time of every file that would be collected."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list(None), key=lambda found: found[0]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
