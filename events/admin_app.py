from django.contrib.admin.apps import AdminConfig


class DreamkastAdminConfig(AdminConfig):
    """Django's admin with our own door. Not in apps.py, where Django would take it for the app's own."""

    default_site = "events.admin_site.DreamkastAdminSite"
