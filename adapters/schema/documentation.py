"""Tables of what documentation says, what it is found by, and how it is used."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from adapters.schema.metadata import Document, Moment, metadata

# `edition` is another one whenever something else may be found; `numbered` is the last number
# that a passage was given, `shelved` the last one that lies on a shelf.
libraries = Table(
    "libraries",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("edition", Integer, nullable=False),
    Column("numbered", Integer, nullable=False),
    Column("shelved", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    CheckConstraint("passages >= 0", "passages"),
    CheckConstraint("shelved <= numbered", "shelved"),
)

pages = Table(
    "pages",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("site_id", Uuid, nullable=False),
    Column("url", String(2000), nullable=False),
    Column("title", String(1000), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("language", String(16)),
    Column("edition", String(40)),
    Column("content_hash", String(64), nullable=False),
    Column("fetched_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    UniqueConstraint("organization_id", "site_id", "url"),
    Index(None, "organization_id", "url", "id"),
)

# A passage that moves within its page or changes is given up and written anew under another
# number: what is found by a number stays true.
passages = Table(
    "passages",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("page_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("digest", String(32), nullable=False),
    Column("anchor", String(1000), nullable=False),
    Column("body", Text, nullable=False),
    Column("headings", Document, nullable=False),
    Column("symbols", Document, nullable=False),
    ForeignKeyConstraint(["organization_id", "page_id"], [pages.c.organization_id, pages.c.id]),
    UniqueConstraint("organization_id", "number"),
    Index(None, "organization_id", "page_id", "position"),
)

# The words of passages that lie on no shelf yet: few, and looked through one by one.
fresh_words = Table(
    "fresh_words",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("words", LargeBinary, nullable=False),
)

# Passages by their numbers, from the first to the last; `gone` are the numbers of those that are
# there no more, `terms` what it has postings of, as these name it.
shelves = Table(
    "shelves",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("last", Integer, primary_key=True),
    Column("first", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("gone", LargeBinary, nullable=False),
    Column("terms", LargeBinary, nullable=False),
)

# `term` names a drawer, with all terms that begin alike; on shelves of older releases it is one
# term, held by itself.
postings = Table(
    "postings",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("term", String(80), primary_key=True),
    Column("shelf", Integer, primary_key=True),
    Column("holding", LargeBinary, nullable=False),
)

# What a passage means, as one model sees it, by what it says: who moves keeps it.
passage_vectors = Table(
    "passage_vectors",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("digest", String(32), primary_key=True),
    Column("model", String(32), nullable=False),
    Column("vector", LargeBinary, nullable=False),
)

# A passage that somebody quoted, as it is: it stays when the passage is gone, since `left_at`.
quoted_passages = Table(
    "quoted_passages",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("site_id", Uuid, nullable=False),
    Column("url", String(2000), nullable=False),
    Column("anchor", String(1000), nullable=False),
    Column("digest", String(32), nullable=False),
    Column("headings", Document, nullable=False),
    Column("body", Text, nullable=False),
    Column("left_at", Moment),
)

# `found` is how many passages there were when it was asked last on that day.
asked_questions = Table(
    "asked_questions",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("digest", String(32), primary_key=True),
    Column("words", String(300), nullable=False),
    Column("times", Integer, nullable=False),
    Column("unanswered", Integer, nullable=False),
    Column("found", Integer, nullable=False),
    CheckConstraint("unanswered >= 0 AND unanswered <= times", "unanswered"),
)

# It stays when the passage is gone, or the page: whoever mends documentation reads it later.
passage_feedback = Table(
    "passage_feedback",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("passage_id", Uuid, nullable=False),
    Column("page_id", Uuid, nullable=False),
    Column("url", String(3001), nullable=False),
    Column("given_by", Uuid, nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("relevant", Boolean, nullable=False),
    Column("rating", Integer),
    Column("asked", String(300)),
    Column("comment", Text),
    CheckConstraint("rating BETWEEN 1 AND 5", "rating"),
    Index(None, "organization_id", "given_at", "id"),
    Index(None, "organization_id", "passage_id", "given_at", "id"),
    Index(None, "organization_id", "page_id", "given_at", "id"),
)
