from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("streaming", "0014_console"),
    ]

    operations = []
