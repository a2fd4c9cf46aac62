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
                ('kind', models.CharField(choices=[('refuse', 'can’t comment'), ('read', 'comments are held')], max_length=8, verbose_name='kind')),
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
                ('state', models.CharField(choices=[('unconfirmed', 'not confirmed yet'), ('waiting', 'waiting for a moderator'), ('published', 'published'), ('spam', 'spam'), ('removed', 'removed by a moderator'), ('deleted', 'deleted by its author'), ('erased', 'deleted with the author’s account')], default='published', max_length=12, verbose_name='state')),
                ('needs_review', models.BooleanField(default=False, editable=False, verbose_name='needs review')),
                ('hold_reason', models.CharField(blank=True, choices=[('all', 'every comment is reviewed first'), ('newcomer', 'newcomers’ comments are reviewed first'), ('watched', 'this commenter’s comments are reviewed first'), ('words', 'contains a word on the hold list'), ('links', 'has too many links'), ('reports', 'reported by several members'), ('rules', 'breaks rules that changed after it was sent')], editable=False, max_length=10, verbose_name='hold reason')),
                ('locked', models.BooleanField(default=False, verbose_name='locked')),
                ('rule', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='house rule')),
                ('pinned', models.BooleanField(default=False, verbose_name='pinned')),
                ('is_staff_comment', models.BooleanField(default=False, verbose_name='staff comment')),
                ('html', models.TextField(blank=True, editable=False, verbose_name='HTML')),
                ('renderer_version', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='renderer version')),
                ('edited_at', models.DateTimeField(blank=True, null=True, verbose_name='edited')),
                ('fingerprint', models.CharField(blank=True, editable=False, max_length=64)),
                ('addendum', models.TextField(blank=True, verbose_name='addendum')),
                ('addendum_html', models.TextField(blank=True, editable=False)),
                ('addendum_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='addendum added')),
                ('xtdcomment_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='discussion_comment', serialize=False, to='django_comments_xtd.xtdcomment')),
                ('speaking_for', models.CharField(blank=True, choices=[('self', 'myself'), ('organisation', 'my organization')], max_length=12, verbose_name='speaking for')),
                ('anchor_edition', models.PositiveIntegerField(blank=True, null=True, verbose_name='edition')),
                ('anchor_page', models.PositiveIntegerField(blank=True, null=True, verbose_name='page number')),
                ('anchor_quote', models.CharField(blank=True, max_length=500, verbose_name='quotation')),
                ('useful_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='useful votes')),
                ('notified', models.BooleanField(default=False, editable=False, verbose_name='followers notified')),
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
                ('text', models.TextField(verbose_name='text')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('accepted', models.BooleanField(null=True, verbose_name='accepted')),
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
                ('hold', models.CharField(choices=[('none', 'no comments'), ('newcomers', 'comments by newcomers'), ('all', 'all comments')], default='none', max_length=10, verbose_name='Review before publishing')),
                ('approvals_needed', models.PositiveSmallIntegerField(default=1, help_text='Someone stops being a newcomer after this many published comments.', verbose_name='Approved comments needed')),
                ('hold_words', models.TextField(blank=True, help_text='One word or phrase per line.', verbose_name='Words that hold a comment')),
                ('reject_words', models.TextField(blank=True, help_text='One word or phrase per line. The commenter sees which one and can change it.', verbose_name='Words that are rejected')),
                ('max_links', models.PositiveSmallIntegerField(default=5, help_text='A comment with more links is held for a moderator.', verbose_name='Maximum links in a comment')),
                ('reject_domains', models.TextField(blank=True, help_text='One domain per line, for example example.com. Subdomains are blocked too.', verbose_name='Blocked domains')),
                ('close_after_days', models.PositiveSmallIntegerField(blank=True, help_text='Counted from the day the page is published. Leave empty to keep discussions open.', null=True, verbose_name='Close discussions after (days)')),
                ('reports_to_hold', models.PositiveSmallIntegerField(default=3, help_text='A comment this many members report is held for a moderator. 0: never.', verbose_name='Reports that hold a comment')),
                ('house_rules', models.TextField(default='Speak under your own name\nArgue with the point, not the person\nNo student information\nSay where a figure comes from\nSay for whom you speak\nNothing for sale, and no campaigns\nKeep confidences\nStay with the subject', help_text='One rule title per line, in the order of the House rules page.', verbose_name='House rules, short form')),
                ('canned_replies', models.TextField(blank=True, default='Please make the same point without naming anyone.\nPlease give a source for the figure. Then we can restore your comment.\nThis discussion is about something else. You’re welcome to comment where it belongs.', help_text='One per line. Moderators can choose a saved reply for a removal or an appeal.', verbose_name='Saved replies')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'Discussion settings',
                'verbose_name_plural': 'Discussion settings',
            },
        ),
        migrations.CreateModel(
            name='ModeratorNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='note')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='discussion.comment')),
            ],
            options={
                'verbose_name': 'moderators’ note',
                'verbose_name_plural': 'moderators’ notes',
                'ordering': ['created_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='NotificationPreferences',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moderation_queue', models.CharField(choices=[('now', 'right away'), ('daily', 'once a day'), ('never', 'never')], default='now', max_length=8, verbose_name='when a comment waits for a moderator')),
                ('own_pages', models.CharField(choices=[('now', 'right away'), ('daily', 'once a day'), ('never', 'never')], default='daily', max_length=8, verbose_name='when someone comments on one of your pages')),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notification_preferences', to=settings.AUTH_USER_MODEL, verbose_name='member')),
            ],
            options={
                'verbose_name': 'e-mail preferences',
                'verbose_name_plural': 'e-mail preferences',
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
                'verbose_name': 'useful vote',
                'verbose_name_plural': 'useful votes',
            },
        ),
        migrations.CreateModel(
            name='ReadMarker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_read_at', models.DateTimeField(verbose_name='last read')),
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
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
                ('resolved_at', models.DateTimeField(blank=True, null=True, verbose_name='resolved')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reported by')),
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
                ('scope', models.CharField(choices=[('page', 'every new comment on this page'), ('replies', 'replies to me only')], default='page', max_length=8, verbose_name='get e-mail about')),
                ('frequency', models.CharField(choices=[('now', 'right away'), ('daily', 'once a day'), ('weekly', 'once a week'), ('never', 'never')], default='now', max_length=8, verbose_name='how often')),
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
                'verbose_name': 'pending notification',
                'verbose_name_plural': 'pending notifications',
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
