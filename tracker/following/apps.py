from django.apps import AppConfig


class FollowingConfig(AppConfig):
    name = "tracker.following"

    def ready(self) -> None:
        from tracker.desk import mail
        from tracker.following import resting

        mail.say_too(resting.said_to_staff)
