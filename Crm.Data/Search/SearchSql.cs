namespace Crm.Data.Search;

/// <summary>
/// The full-text part of the schema, which the model cannot say. A SQLite migration that rebuilds SearchEntries drops the
/// triggers silently: it must run <see cref="SqliteTriggers"/> again (a test counts them).
/// </summary>
static class SearchSql
{
    public const string SqliteTables = """
        CREATE VIRTUAL TABLE "SearchText" USING fts5("Text", content='SearchEntries', content_rowid='Id', tokenize='unicode61 remove_diacritics 2', prefix='2 3');
        CREATE VIRTUAL TABLE "SearchTerms" USING fts5vocab('SearchText', 'row');
        """;

    public static readonly string[] SqliteTriggers =
    [
        """
        CREATE TRIGGER "SearchEntries_Insert" AFTER INSERT ON "SearchEntries" BEGIN
            INSERT INTO "SearchText"(rowid, "Text") VALUES (new."Id", new."Text");
        END;
        """,
        """
        CREATE TRIGGER "SearchEntries_Delete" AFTER DELETE ON "SearchEntries" BEGIN
            INSERT INTO "SearchText"("SearchText", rowid, "Text") VALUES ('delete', old."Id", old."Text");
        END;
        """,
        """
        CREATE TRIGGER "SearchEntries_Update" AFTER UPDATE OF "Text" ON "SearchEntries" WHEN old."Text" <> new."Text" BEGIN
            INSERT INTO "SearchText"("SearchText", rowid, "Text") VALUES ('delete', old."Id", old."Text");
            INSERT INTO "SearchText"(rowid, "Text") VALUES (new."Id", new."Text");
        END;
        """,
    ];

    public static readonly string[] Postgres =
    [
        "CREATE EXTENSION IF NOT EXISTS pg_trgm;",
        """CREATE INDEX "IX_SearchEntries_Words" ON "SearchEntries" USING gin (to_tsvector('simple', "Text"));""",
        """CREATE INDEX "IX_SearchEntries_Near" ON "SearchEntries" USING gin ("Text" gin_trgm_ops);""",
    ];
}
