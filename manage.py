#!/usr/bin/env python
"""Whereas's command line: `python manage.py help` lists what there is."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    from tracker import environment, variables

    if sys.argv[1:2] == ["run"]:
        try:  # before settings are read, which a missing key would stop
            folder = environment.var_dir()
            if environment.ensure_secret_key(folder):
                sys.stdout.write(f"Wrote a new SECRET_KEY into {folder / '.env'}.\n")
        except variables.WrongSetting as wrong:
            variables.stop(wrong)
    from django.core.management import execute_from_command_line
    from django.db import Error

    from tracker.database import is_outage, told

    try:
        execute_from_command_line(sys.argv)
    except Error as error:
        if not is_outage(error):
            raise
        sys.exit(told(error))


if __name__ == "__main__":
    main()
