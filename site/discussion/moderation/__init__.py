"""The moderation queue, what moderators do to comments, reports, appeals and bans."""
