import django.db.models.deletion
import django.utils.timezone
import mail.mailboxes
import modelcluster.fields
import papers.citation.routes
import papers.downloads.routes
import papers.files.languages
import papers.reader.passages
import papers.reader.routes
import papers.reader_requests.format_models
import publishing.identifiers
import publishing.models.audiences
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('publishing', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PaperIndex',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'list of white papers',
                'verbose_name_plural': 'lists of white papers',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(editable=False, verbose_name='number')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('withdrawn', 'withdrawn')], default='draft', max_length=10, verbose_name='state')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='in this state since')),
                ('publication_date', models.DateField(default=django.utils.timezone.localdate, verbose_name='date of the edition')),
                ('licence', models.CharField(blank=True, choices=[('cc-by-4.0', 'Creative Commons Attribution 4.0'), ('cc-by-sa-4.0', 'Creative Commons Attribution-ShareAlike 4.0'), ('cc-by-nc-4.0', 'Creative Commons Attribution-NonCommercial 4.0'), ('cc0-1.0', 'No rights reserved (CC0)'), ('reserved', 'All rights reserved')], help_text='Only if it differs from the white paper’s license.', max_length=20, verbose_name='license')),
                ('embargoed_until', models.DateTimeField(blank=True, help_text='Until then readers see the white paper’s page, but can’t get the file.', null=True, verbose_name='file available from')),
                ('embargo_pending', models.BooleanField(default=False, editable=False)),
                ('note', models.CharField(blank=True, help_text='Shown in the list of editions.', max_length=300, verbose_name='what changed')),
                ('publish_with_paper', models.BooleanField(default=True, help_text='The draft is published when the white paper is next published.', verbose_name='publish together with the white paper')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='publishing.sitedocument', verbose_name='file')),
            ],
            options={
                'verbose_name': 'edition',
                'verbose_name_plural': 'editions',
                'ordering': ['paper', '-number'],
            },
        ),
        migrations.CreateModel(
            name='FileRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='SHA-256')),
                ('size', models.PositiveBigIntegerField(verbose_name='bytes')),
                ('page_count', models.PositiveIntegerField(verbose_name='pages')),
                ('state', models.CharField(choices=[('waiting', 'waiting to be read'), ('read', 'read'), ('failed', 'could not be read')], default='waiting', max_length=10, verbose_name='state')),
                ('title', models.CharField(blank=True, max_length=500, verbose_name='title in the file')),
                ('language', models.CharField(blank=True, max_length=35, verbose_name='language of the file')),
                ('version', models.CharField(blank=True, max_length=10, verbose_name='PDF version')),
                ('tagged', models.BooleanField(default=False, verbose_name='tagged')),
                ('outline', models.JSONField(blank=True, default=list, verbose_name='outline')),
                ('warnings', models.JSONField(blank=True, default=list, verbose_name='warnings')),
                ('cover', models.FileField(blank=True, upload_to='covers', verbose_name='cover')),
                ('cover_width', models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ('cover_height', models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ('queued_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reading asked for at')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='read at')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='record', to='publishing.sitedocument')),
            ],
            options={
                'verbose_name': 'file record',
                'verbose_name_plural': 'file records',
            },
        ),
        migrations.CreateModel(
            name='AccessibilityReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issues', models.JSONField(default=list, verbose_name='issues')),
                ('counts', models.JSONField(default=dict, verbose_name='number of issues of each kind')),
                ('document_info', models.JSONField(default=dict, verbose_name='title, author and date in the file')),
                ('checked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='checked at')),
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='accessibility_report', to='papers.filerecord')),
            ],
            options={
                'verbose_name': 'accessibility report',
                'verbose_name_plural': 'accessibility reports',
            },
        ),
        migrations.CreateModel(
            name='FormatRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=papers.reader_requests.format_models.new_reference, editable=False, max_length=20, unique=True, verbose_name='reference number')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('email', models.EmailField(max_length=254, validators=[mail.mailboxes.validate_visible], verbose_name='e-mail')),
                ('need', models.TextField(max_length=2000, verbose_name='what is needed')),
                ('state', models.CharField(choices=[('open', 'open'), ('answered', 'answered')], default='open', max_length=10, verbose_name='state')),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='requested at')),
                ('due_date', models.DateField(default=papers.reader_requests.format_models.default_due_date, editable=False, verbose_name='answer by')),
                ('answer', models.TextField(blank=True, max_length=5000, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='answered at')),
                ('answered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edition', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='format_requests', to='papers.edition', verbose_name='edition')),
            ],
            options={
                'verbose_name': 'request for an accessible format',
                'verbose_name_plural': 'requests for an accessible format',
                'ordering': ['-requested_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='OAIRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paper_number', models.PositiveBigIntegerField(unique=True)),
                ('version', models.CharField(max_length=100)),
                ('is_deleted', models.BooleanField(default=False)),
                ('datestamp', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'indexes': [models.Index(fields=['datestamp', 'paper_number'], name='oai_records_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, help_text='One to three sentences, shown in lists and below the title.', max_length=600, verbose_name='introduction')),
                ('audiences', publishing.models.audiences.AudiencesField(blank=True, default=list, help_text='Leave empty if it is for everyone.', verbose_name='written for')),
                ('comments_open', models.BooleanField(default=True, help_text='People can still read a closed discussion.', verbose_name='Comments open')),
                ('doi', models.CharField(blank=True, help_text='Such as 10.1000/182, if it was registered.', max_length=200, validators=[publishing.identifiers.validate_doi], verbose_name='DOI')),
                ('isbn', models.CharField(blank=True, max_length=20, validators=[publishing.identifiers.validate_isbn], verbose_name='ISBN')),
                ('funding', models.TextField(blank=True, help_text='Who paid for the work.', max_length=1000, verbose_name='funding')),
                ('competing_interests', models.TextField(blank=True, help_text='What readers should know about the authors’ own interests in the subject.', max_length=1000, verbose_name='conflicts of interest')),
                ('review', models.TextField(blank=True, help_text='Who reviewed the white paper before it was published.', max_length=1000, verbose_name='review')),
                ('status', models.CharField(choices=[('current', 'current'), ('out-of-date', 'out of date'), ('superseded', 'superseded'), ('withdrawn', 'withdrawn')], default='current', help_text='If the white paper is not current, its page shows a warning above the text.', max_length=12, verbose_name='status')),
                ('status_reason', models.CharField(blank=True, help_text='Shown to readers in the warning.', max_length=300, verbose_name='reason')),
                ('files_on_request', models.BooleanField(default=False, help_text='The page is public, the file is not. Readers request a copy, and an editor decides.', verbose_name='file on request')),
                ('subtitle', models.CharField(blank=True, max_length=255, verbose_name='subtitle')),
                ('abstract', wagtail.fields.RichTextField(blank=True, verbose_name='abstract')),
                ('key_findings', wagtail.fields.StreamField([('finding', 0)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Finding', 'max_length': 400})}, verbose_name='key findings')),
                ('publisher', models.CharField(blank=True, max_length=200, verbose_name='publishing organization')),
                ('publication_date', models.DateField(blank=True, null=True, verbose_name='publication date')),
                ('language', models.CharField(blank=True, choices=papers.files.languages.choices, help_text='Leave empty if it is the language of this site.', max_length=10, verbose_name='language')),
                ('series', models.CharField(blank=True, max_length=120, verbose_name='series')),
                ('series_number', models.CharField(blank=True, max_length=20, verbose_name='number in the series')),
                ('licence', models.CharField(choices=[('cc-by-4.0', 'Creative Commons Attribution 4.0'), ('cc-by-sa-4.0', 'Creative Commons Attribution-ShareAlike 4.0'), ('cc-by-nc-4.0', 'Creative Commons Attribution-NonCommercial 4.0'), ('cc0-1.0', 'No rights reserved (CC0)'), ('reserved', 'All rights reserved')], default='cc-by-4.0', max_length=20, verbose_name='license')),
                ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='supersedes', to='papers.paper', verbose_name='superseded by')),
            ],
            options={
                'verbose_name': 'white paper',
                'verbose_name_plural': 'white papers',
            },
            bases=(papers.citation.routes.CitationRoutes, papers.reader.passages.CommentPassages, papers.reader.routes.ReaderRoutes, papers.downloads.routes.DownloadRoutes, 'wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='EditionCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last', models.PositiveIntegerField(default=0)),
                ('paper', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='papers.paper')),
            ],
        ),
        migrations.AddField(
            model_name='edition',
            name='paper',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='papers.paper'),
        ),
        migrations.CreateModel(
            name='DataFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('caption', models.CharField(blank=True, help_text='For example “Table 3: costs by district”.', max_length=200, verbose_name='description')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_of', to='publishing.sitedocument', verbose_name='file')),
                ('paper', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='data_files', to='papers.paper')),
            ],
            options={
                'verbose_name': 'data file',
                'verbose_name_plural': 'data files',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DownloadCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='Its first day.', verbose_name='month')),
                ('number', models.PositiveIntegerField(default=0, verbose_name='downloads')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='downloads', to='papers.edition')),
            ],
            options={
                'verbose_name': 'downloads of a month',
                'verbose_name_plural': 'downloads by month',
                'indexes': [models.Index(fields=['month'], name='downloads_by_month')],
                'constraints': [models.UniqueConstraint(fields=('edition', 'month'), name='one_count_an_edition_and_month')],
            },
        ),
        migrations.CreateModel(
            name='CopyRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('purpose', models.TextField(blank=True, max_length=1000, verbose_name='purpose')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('granted', 'granted'), ('declined', 'declined')], default='waiting', max_length=10, verbose_name='state')),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='requested')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='copy_requests', to='papers.edition')),
            ],
            options={
                'verbose_name': 'request for a copy',
                'verbose_name_plural': 'requests for copies',
                'ordering': ['-requested_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('edition', 'email'), name='one_open_copy_request')],
            },
        ),
        migrations.CreateModel(
            name='AccessibilityReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(blank=True, choices=[('ready', 'ready'), ('known-problems', 'known problems'), ('archived', 'archived (frozen)'), ('html-only', 'HTML only')], max_length=20, verbose_name='outcome')),
                ('fix_by', models.DateField(blank=True, null=True, verbose_name='fix by')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('reading_order', models.CharField(blank=True, choices=[('', 'not checked yet'), ('good', 'no problem found'), ('bad', 'problem found')], max_length=4, verbose_name='Does the reading order make sense?')),
                ('alternatives', models.CharField(blank=True, choices=[('', 'not checked yet'), ('good', 'no problem found'), ('bad', 'problem found')], max_length=4, verbose_name='Do the alternative texts describe the figures?')),
                ('contrast', models.CharField(blank=True, choices=[('', 'not checked yet'), ('good', 'no problem found'), ('bad', 'problem found')], max_length=4, verbose_name='Is there enough contrast between text or figures and their background?')),
                ('link_wording', models.CharField(blank=True, choices=[('', 'not checked yet'), ('good', 'no problem found'), ('bad', 'problem found')], max_length=4, verbose_name='Does the text of each link say where it leads?')),
                ('sha256', models.CharField(editable=False, max_length=64, verbose_name='SHA-256')),
                ('decided_by_name', models.CharField(editable=False, max_length=200, verbose_name='decided by')),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='decided at')),
                ('decided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edition', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='accessibility_review', to='papers.edition')),
            ],
            options={
                'verbose_name': 'accessibility review',
                'verbose_name_plural': 'accessibility reviews',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'known-problems'), _negated=True), models.Q(('fix_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='known_problems_have_a_date_and_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='PageText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='page')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('tagged_blocks', models.JSONField(blank=True, default=list, verbose_name='parts of the page, where it is tagged')),
                ('width', models.FloatField(blank=True, null=True, verbose_name='width in points')),
                ('height', models.FloatField(blank=True, null=True, verbose_name='height in points')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='papers.filerecord')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('record', 'number'), name='one_text_a_page')],
            },
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('paper', 'number'), name='an_edition_number_once_a_paper'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('paper', 'document'), name='a_file_once_a_paper'),
        ),
        migrations.AddConstraint(
            model_name='datafile',
            constraint=models.UniqueConstraint(fields=('paper', 'document'), name='a_data_file_once_a_paper'),
        ),
    ]
