from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("talks", "0002_programme_fields")]

    operations = []
