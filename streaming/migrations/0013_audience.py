from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("streaming", "0012_keys"),
    ]

    operations = []
