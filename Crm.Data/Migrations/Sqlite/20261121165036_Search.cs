using Crm.Data.Search;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Crm.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Search : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var sql in SearchSql.SqliteTables.Split('\n', StringSplitOptions.RemoveEmptyEntries)) migrationBuilder.Sql(sql);
            foreach (var sql in SearchSql.SqliteTriggers) migrationBuilder.Sql(sql);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER \"SearchEntries_Insert\"; DROP TRIGGER \"SearchEntries_Delete\"; DROP TRIGGER \"SearchEntries_Update\"; DROP TABLE \"SearchTerms\"; DROP TABLE \"SearchText\";");
        }
    }
}
