import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=60, unique=True)),
                ('initial', models.CharField(max_length=1)),
                ('ending', models.CharField(max_length=2)),
                ('length', models.PositiveSmallIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['initial', 'length'], name='words_by_initial'), models.Index(fields=['ending', 'length'], name='words_by_ending')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('post', 'Posts'), ('paper', 'White papers'), ('sheet', 'Pages of white papers'), ('comment', 'Comments'), ('person', 'People'), ('plain', 'About this site')], max_length=10)),
                ('number', models.PositiveBigIntegerField(default=0)),
                ('person', models.CharField(blank=True, max_length=30)),
                ('title', models.CharField(blank=True, max_length=255)),
                ('author_name', models.CharField(blank=True, max_length=200)),
                ('date', models.DateTimeField(blank=True, null=True)),
                ('topics', models.JSONField(blank=True, default=list)),
                ('authors', models.JSONField(blank=True, default=list)),
                ('audiences', models.JSONField(blank=True, default=list)),
                ('series', models.CharField(blank=True, max_length=120)),
                ('weight', models.FloatField(default=1)),
                ('text', models.TextField(blank=True)),
                ('title_stems', models.TextField(blank=True, editable=False)),
                ('name_stems', models.TextField(blank=True, editable=False)),
                ('text_stems', models.TextField(blank=True, editable=False)),
                ('other_stems', models.TextField(blank=True, editable=False)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='search_entries', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', '-date'], name='entries_of_a_kind'), models.Index(condition=models.Q(('person', ''), _negated=True), fields=['person'], name='entries_of_a_person')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'page', 'number', 'person'), name='unique_search_entry')],
            },
        ),
    ]
