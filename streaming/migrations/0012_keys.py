from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("streaming", "0011_overrides")]

    operations = [
        migrations.AddField(
            model_name="stream",
            name="placed_key_number",
            field=models.PositiveIntegerField(default=0, verbose_name="key in place"),
        ),
    ]
