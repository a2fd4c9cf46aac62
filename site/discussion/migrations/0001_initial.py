import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('django_comments_xtd', '0008_auto_20200920_2037'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Ban',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('refuse', 'may not comment'), ('read', 'a moderator reads first')], max_length=8, verbose_name='kind')),
                ('address_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=64)),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'ban',
                'verbose_name_plural': 'bans',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('state', models.CharField(choices=[('unconfirmed', 'not yet confirmed'), ('waiting', 'waiting for a moderator'), ('published', 'published'), ('spam', 'spam'), ('removed', 'removed by a moderator'), ('deleted', 'deleted by its writer'), ('erased', 'erased with the account of its writer')], default='published', max_length=12, verbose_name='state')),
                ('needs_review', models.BooleanField(default=False, editable=False, verbose_name='read by a moderator first')),
                ('hold_reason', models.CharField(blank=True, choices=[('all', "everybody's comments wait"), ('newcomer', "newcomers' comments wait"), ('watched', "this writer's comments wait"), ('words', 'a word on the list'), ('links', 'more links than allowed'), ('reports', 'reported by several members'), ('rules', 'not taken by the rules of today')], editable=False, max_length=10, verbose_name='held by')),
                ('locked', models.BooleanField(default=False, verbose_name='takes no more replies')),
                ('rule', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='house rule')),
                ('pinned', models.BooleanField(default=False, verbose_name='pinned')),
                ('is_staff_comment', models.BooleanField(default=False, verbose_name='marked as said for the site')),
                ('html', models.TextField(blank=True, editable=False, verbose_name='as shown')),
                ('renderer_version', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='version of the renderer')),
                ('edited_at', models.DateTimeField(blank=True, null=True, verbose_name='edited')),
                ('fingerprint', models.CharField(blank=True, editable=False, max_length=64)),
                ('addendum', models.TextField(blank=True, verbose_name='addendum')),
                ('addendum_html', models.TextField(blank=True, editable=False)),
                ('addendum_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='addendum written')),
                ('xtdcomment_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='discussion_comment', serialize=False, to='django_comments_xtd.xtdcomment')),
                ('speaking_for', models.CharField(blank=True, choices=[('self', 'myself'), ('organisation', 'my organization')], max_length=12, verbose_name='speaking for')),
                ('anchor_edition', models.PositiveIntegerField(blank=True, null=True, verbose_name='edition')),
                ('anchor_page', models.PositiveIntegerField(blank=True, null=True, verbose_name='page of the edition')),
                ('anchor_quote', models.CharField(blank=True, max_length=500, verbose_name='quoted words')),
                ('useful_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='useful')),
                ('notified', models.BooleanField(default=False, editable=False, verbose_name='followers were told')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
                ('reply_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replies', to='discussion.comment', verbose_name='in reply to')),
            ],
            options={
                'verbose_name': 'comment',
                'verbose_name_plural': 'comments',
                'ordering': ['submit_date', 'pk'],
                'permissions': [('moderate_comment', 'Can moderate the discussion')],
            },
            bases=('django_comments_xtd.xtdcomment',),
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='in their words')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('accepted', models.BooleanField(null=True, verbose_name='granted')),
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='appeal', to='discussion.comment')),
            ],
            options={
                'verbose_name': 'appeal',
                'verbose_name_plural': 'appeals',
            },
        ),
        migrations.CreateModel(
            name='DiscussionSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hold', models.CharField(choices=[('none', "nobody's comments"), ('newcomers', "newcomers' comments"), ('all', "everybody's comments")], default='none', max_length=10, verbose_name='a moderator first reads')),
                ('approvals_needed', models.PositiveSmallIntegerField(default=1, help_text='So many of their comments must have been published.', verbose_name='comments until somebody is no newcomer')),
                ('hold_words', models.TextField(blank=True, help_text='A word or phrase a line.', verbose_name='words that hold a comment')),
                ('reject_words', models.TextField(blank=True, help_text='A word or phrase a line. The writer is told, and can mend it.', verbose_name='words that are refused')),
                ('max_links', models.PositiveSmallIntegerField(default=5, help_text='With more than that, a moderator reads it first.', verbose_name='most links in a comment')),
                ('reject_domains', models.TextField(blank=True, help_text='A domain a line, such as example.com; those beneath it count too.', verbose_name='domains not accepted')),
                ('close_after_days', models.PositiveSmallIntegerField(blank=True, help_text='Counted from the day the page was published. Empty: never.', null=True, verbose_name='close a discussion after so many days')),
                ('reports_to_hold', models.PositiveSmallIntegerField(default=3, help_text='By so many different members. 0: a moderator always decides.', verbose_name='reports that hold a comment')),
                ('house_rules', models.TextField(default='Speak under your own name\nArgue with the point, not the person\nNo student information\nSay where a figure comes from\nSay for whom you speak\nNothing for sale, and no campaigns\nKeep confidences\nStay with the subject', help_text='The title of a rule a line, numbered as on the page of house rules.', verbose_name='house rules, short')),
                ('canned_replies', models.TextField(blank=True, default='You can say the same without naming anybody.\nWith a source for the figure it can come back.\nThis discussion is about something else; you are welcome to begin one where it belongs.', help_text='One a line. A moderator can choose them for a removal, or the answer to an appeal.', verbose_name='ready-made words to writers')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'Discussion rules',
                'verbose_name_plural': 'Discussion rules',
            },
        ),
        migrations.CreateModel(
            name='ModeratorNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='note')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='discussion.comment')),
            ],
            options={
                'verbose_name': "moderators' note",
                'verbose_name_plural': "moderators' notes",
                'ordering': ['created_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='NotificationPreferences',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moderation_queue', models.CharField(choices=[('now', 'at once'), ('daily', 'once a day'), ('never', 'not at all')], default='now', max_length=8, verbose_name='when a comment waits for a moderator')),
                ('own_pages', models.CharField(choices=[('now', 'at once'), ('daily', 'once a day'), ('never', 'not at all')], default='daily', max_length=8, verbose_name='when somebody comments on a page of yours')),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notification_preferences', to=settings.AUTH_USER_MODEL, verbose_name='member')),
            ],
            options={
                'verbose_name': 'wishes',
                'verbose_name_plural': 'wishes',
            },
        ),
        migrations.CreateModel(
            name='Reaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='discussion.comment')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'useful mark',
                'verbose_name_plural': 'useful marks',
            },
        ),
        migrations.CreateModel(
            name='ReadMarker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_read_at', models.DateTimeField(verbose_name='seen until')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'verbose_name': 'visit',
                'verbose_name_plural': 'visits',
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.PositiveSmallIntegerField(default=0, verbose_name='house rule')),
                ('text', models.TextField(blank=True, verbose_name='in their words')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('resolved_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='discussion.comment')),
            ],
            options={
                'verbose_name': 'report',
                'verbose_name_plural': 'reports',
                'ordering': ['created_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(blank=True, editable=False, max_length=254)),
                ('scope', models.CharField(choices=[('page', 'every new comment here'), ('replies', 'only replies to me')], default='page', max_length=8, verbose_name='tell me of')),
                ('frequency', models.CharField(choices=[('now', 'at once'), ('daily', 'once a day'), ('weekly', 'once a week'), ('never', 'not at all')], default='now', max_length=8, verbose_name='how often')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='since')),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to=settings.AUTH_USER_MODEL, verbose_name='member')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
            ],
            options={
                'verbose_name': 'followed discussion',
                'verbose_name_plural': 'followed discussions',
            },
        ),
        migrations.CreateModel(
            name='PendingNotification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='discussion.comment')),
                ('moderator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('subscription', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pending', to='discussion.subscription')),
            ],
            options={
                'verbose_name': 'notice',
                'verbose_name_plural': 'notices',
            },
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['page', 'state'], name='comments_of_a_page'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('notified', False), ('state', 'published')), fields=['state'], name='comments_to_tell_of'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['unconfirmed', 'waiting', 'published', 'spam', 'removed', 'deleted', 'erased'])), name='comment_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.UniqueConstraint(condition=models.Q(('fingerprint', ''), _negated=True), fields=('page', 'fingerprint'), name='nobody_says_it_twice'),
        ),
        migrations.AddConstraint(
            model_name='reaction',
            constraint=models.UniqueConstraint(fields=('comment', 'member'), name='useful_once_a_member'),
        ),
        migrations.AddConstraint(
            model_name='readmarker',
            constraint=models.UniqueConstraint(fields=('member', 'page'), name='one_visit_a_page'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(condition=models.Q(('resolved_at', None)), fields=('comment', 'by'), name='one_open_report_a_member'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.UniqueConstraint(condition=models.Q(('member__isnull', False)), fields=('page', 'member'), name='a_member_follows_once'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.UniqueConstraint(condition=models.Q(('address', ''), _negated=True), fields=('page', 'address'), name='an_address_follows_once'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('member__isnull', False)), models.Q(('member__isnull', True), models.Q(('address', ''), _negated=True)), _connector='OR'), name='a_following_is_somebodys'),
        ),
        migrations.AddIndex(
            model_name='pendingnotification',
            index=models.Index(fields=['created_at'], name='notices_by_age'),
        ),
        migrations.AddConstraint(
            model_name='pendingnotification',
            constraint=models.UniqueConstraint(fields=('subscription', 'comment'), name='told_of_once'),
        ),
        migrations.AddConstraint(
            model_name='pendingnotification',
            constraint=models.UniqueConstraint(fields=('moderator', 'comment'), name='asked_about_once'),
        ),
        migrations.AddConstraint(
            model_name='pendingnotification',
            constraint=models.CheckConstraint(condition=models.Q(('subscription__isnull', False), ('moderator__isnull', False), _connector='XOR'), name='a_notice_is_somebodys'),
        ),
    ]
