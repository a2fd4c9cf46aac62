import django.db.models.deletion
import modelsearch.index
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('post', 'Posts'), ('paper', 'White papers'), ('sheet', 'Pages of white papers'), ('comment', 'Comments'), ('plain', 'About this site')], max_length=10)),
                ('number', models.PositiveBigIntegerField(default=0)),
                ('title', models.CharField(blank=True, max_length=255)),
                ('text', models.TextField(blank=True)),
                ('author_name', models.CharField(blank=True, max_length=200)),
                ('date', models.DateTimeField(blank=True, null=True)),
                ('topics', models.JSONField(blank=True, default=list)),
                ('authors', models.JSONField(blank=True, default=list)),
                ('audiences', models.JSONField(blank=True, default=list)),
                ('series', models.CharField(blank=True, max_length=120)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='search_entries', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'page', 'number'), name='unique_search_entry')],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
    ]
