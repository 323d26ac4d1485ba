from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deliberation", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="inquiry",
            name="reminded_on",
            field=models.DateField(blank=True, null=True, verbose_name="Herinnerd op"),
        ),
    ]
