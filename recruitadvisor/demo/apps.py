"""The demonstration: fictional agencies and reviews for trying the site."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Registers the app under its short label."""

    name = "recruitadvisor.demo"
    label = "demo"
