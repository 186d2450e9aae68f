from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("talks", "0006_video"),
    ]

    operations = []
