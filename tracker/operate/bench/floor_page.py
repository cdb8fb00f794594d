"""The least that a page of a database can cost: Django without middleware, one indexed query, the stored bytes."""

from __future__ import annotations

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["FLOOR_DATABASE"],
            "CONN_MAX_AGE": None,
        }
    },
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
    SECRET_KEY="a floor signs nothing",  # noqa: S106
)


def page(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM page WHERE address = %s", [request.path])
        (body,) = cursor.fetchone()
    return HttpResponse(body, headers={"Content-Encoding": "gzip", "Content-Length": str(len(body))})


urlpatterns = [path("measures/", page), path("measures/<path:rest>", lambda request, rest: page(request))]
django.setup()
application = get_wsgi_application()
